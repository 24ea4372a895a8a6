package io.github.jtracer.sample.catalogue;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** There is no product with this number. */
@ResponseStatus(HttpStatus.NOT_FOUND)
public class UnknownProductException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownProductException(String sku) {
        super("there is no product " + sku);
    }
}
