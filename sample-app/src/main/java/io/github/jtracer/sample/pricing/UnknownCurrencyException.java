package io.github.jtracer.sample.pricing;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** The bank has no rate for this currency. */
@ResponseStatus(HttpStatus.BAD_REQUEST)
public class UnknownCurrencyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownCurrencyException(String currency) {
        super("there is no rate for " + currency);
    }
}
