package io.github.jtracer.core.weave;

import io.github.jtracer.probe.Probe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * A method's code as another library reads it, in words: instructions, frames, handlers, lines and
 * variables, with the probes told apart from the rest.
 *
 * @param lines what it is without probes; places are numbers of instructions
 * @param probes the probes, each with the instruction before which it stands
 */
record Code(List<String> lines, List<String> probes) {
    private static final String OWNER = Probe.class.getName().replace('.', '/');

    static Code of(MethodNode method) {
        return new Reader(method).read();
    }

    private static final class Reader {
        private final MethodNode method;
        private final Map<LabelNode, Integer> places = new HashMap<>();
        private final List<String> lines = new ArrayList<>();
        private final List<String> probes = new ArrayList<>();

        Reader(MethodNode method) {
            this.method = method;
        }

        Code read() {
            int end = number();
            long added = method.tryCatchBlocks.stream().filter(t -> at(t.handler) >= end).count();
            int instruction = 0;
            for (AbstractInsnNode node : method.instructions) {
                if (node instanceof MethodInsnNode call && call.owner.equals(OWNER)) {
                    probes.add(
                            call.name
                                    + " "
                                    + argument(call.getPrevious())
                                    + " before "
                                    + (instruction < end ? instruction : "the end"));
                } else if (node.getOpcode() >= 0 && !isArgument(node)) {
                    if (instruction < end) {
                        lines.add(instruction + " " + describe(node));
                    }
                    instruction++;
                } else if (node instanceof FrameNode frame && instruction < end) {
                    lines.add("frame " + frame.type + types(frame.local) + types(frame.stack));
                } else if (node instanceof LineNumberNode line) {
                    lines.add("line " + line.line + " at " + at(line.start));
                }
            }
            for (TryCatchBlockNode block :
                    method.tryCatchBlocks.subList(0, method.tryCatchBlocks.size() - (int) added)) {
                lines.add(
                        "try "
                                + at(block.start)
                                + " to "
                                + at(block.end)
                                + " "
                                + block.type
                                + " "
                                + at(block.handler));
            }
            for (int i = method.tryCatchBlocks.size() - (int) added;
                    i < method.tryCatchBlocks.size();
                    i++) {
                TryCatchBlockNode block = method.tryCatchBlocks.get(i);
                probes.add("handler of " + at(block.start) + " to " + at(block.end));
            }
            List<LocalVariableNode> variables =
                    method.localVariables == null ? List.of() : method.localVariables;
            for (LocalVariableNode variable : variables) {
                lines.add(
                        variable.name
                                + variable.desc
                                + variable.signature
                                + variable.index
                                + " from "
                                + at(variable.start)
                                + " to "
                                + at(variable.end));
            }
            return new Code(lines, probes);
        }

        /** Gives the instructions numbers; how many there are without the added handlers. */
        private int number() {
            int instruction = 0;
            int firstThrown = -1;
            for (AbstractInsnNode node : method.instructions) {
                if (node instanceof LabelNode label) {
                    places.put(label, instruction);
                } else if (node instanceof MethodInsnNode call
                        && call.owner.equals(OWNER)
                        && call.name.startsWith("thrown")
                        && firstThrown < 0) {
                    firstThrown = instruction;
                } else if (node.getOpcode() >= 0 && !isProbe(node) && !isArgument(node)) {
                    instruction++;
                }
            }
            return firstThrown < 0 ? Integer.MAX_VALUE : firstThrown;
        }

        private static boolean isProbe(AbstractInsnNode node) {
            return node instanceof MethodInsnNode call && call.owner.equals(OWNER);
        }

        private static boolean isArgument(AbstractInsnNode node) {
            return (node instanceof LdcInsnNode || node instanceof IntInsnNode)
                    && node.getNext() != null
                    && isProbe(node.getNext());
        }

        private static Object argument(AbstractInsnNode node) {
            return node instanceof IntInsnNode push ? push.operand : ((LdcInsnNode) node).cst;
        }

        private int at(LabelNode label) {
            return places.get(label);
        }

        private String types(List<Object> types) {
            return types == null
                    ? "[]"
                    : types.stream()
                            .map(type -> type instanceof LabelNode label ? "new" + at(label) : type)
                            .toList()
                            .toString();
        }

        private String describe(AbstractInsnNode node) {
            String operands = "";
            if (node instanceof VarInsnNode i) {
                operands = "" + i.var;
            } else if (node instanceof IntInsnNode i) {
                operands = "" + i.operand;
            } else if (node instanceof TypeInsnNode i) {
                operands = i.desc;
            } else if (node instanceof FieldInsnNode i) {
                operands = i.owner + i.name + i.desc;
            } else if (node instanceof MethodInsnNode i) {
                operands = i.owner + i.name + i.desc + i.itf;
            } else if (node instanceof InvokeDynamicInsnNode i) {
                operands = i.name + i.desc + i.bsm + Arrays.toString(i.bsmArgs);
            } else if (node instanceof JumpInsnNode i) {
                operands = "" + at(i.label);
            } else if (node instanceof LdcInsnNode i) {
                operands = Objects.toString(i.cst);
            } else if (node instanceof IincInsnNode i) {
                operands = i.var + "+" + i.incr;
            } else if (node instanceof TableSwitchInsnNode i) {
                operands = i.min + ".." + i.max + targets(i.labels) + at(i.dflt);
            } else if (node instanceof LookupSwitchInsnNode i) {
                operands = i.keys + targets(i.labels) + at(i.dflt);
            } else if (node instanceof MultiANewArrayInsnNode i) {
                operands = i.desc + i.dims;
            }
            return node.getOpcode() + " " + operands;
        }

        private String targets(List<LabelNode> labels) {
            return labels.stream().map(this::at).toList().toString();
        }
    }

    static boolean isReturn(AbstractInsnNode node) {
        return node.getOpcode() >= Opcodes.IRETURN && node.getOpcode() <= Opcodes.RETURN;
    }
}
