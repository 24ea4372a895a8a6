package io.github.jtracer.spring;

import io.github.jtracer.JTracer;
import io.github.jtracer.Slice;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/**
 * Shows each transaction of a thread's as a slice, from its begin to its commit or rollback.
 *
 * <p>While nothing records it asks one question a transaction and does nothing.
 */
final class SliceTransactionListener implements TransactionExecutionListener {
    /** The transactions that this thread has open in a recording; a suspended one is below. */
    private static final ThreadLocal<@Nullable Open> OPEN = new ThreadLocal<>();

    private record Open(Slice slice, TransactionExecution transaction, @Nullable Open below) {}

    @Override
    public void afterBegin(TransactionExecution transaction, @Nullable Throwable failure) {
        if (failure == null && transaction.isNewTransaction() && JTracer.recording()) {
            String name = transaction.getTransactionName();
            Slice slice =
                    JTracer.slice(name.isEmpty() ? "transaction" : "transaction " + shortly(name));
            if (transaction.isReadOnly()) {
                slice.put("readOnly", true);
            }
            OPEN.set(new Open(slice, transaction, OPEN.get()));
        }
    }

    @Override
    public void afterCommit(TransactionExecution transaction, @Nullable Throwable failure) {
        end(transaction, failure == null ? "committed" : "commit failed");
    }

    @Override
    public void afterRollback(TransactionExecution transaction, @Nullable Throwable failure) {
        end(transaction, failure == null ? "rolled back" : "rollback failed");
    }

    private static void end(TransactionExecution transaction, String outcome) {
        Open open = OPEN.get();
        if (open == null || open.transaction() != transaction) {
            return;
        }
        if (open.below() == null) {
            OPEN.remove();
        } else {
            OPEN.set(open.below());
        }
        open.slice().put("outcome", outcome).close();
    }

    /** {@code OrderService.place} of {@code com.acme.OrderService.place}. */
    private static String shortly(String name) {
        int method = name.lastIndexOf('.');
        return name.substring(name.lastIndexOf('.', method - 1) + 1);
    }
}
