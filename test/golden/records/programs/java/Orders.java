package com.acme.shop;

import java.util.Map;

public class Orders {
    static class OrderRejected extends RuntimeException {
        OrderRejected(String message, Throwable cause) { super(message, cause); }
    }

    static int total(Map<String, Integer> prices) {
        return prices.get("sum"); // HERE total
    }

    static int load(int number) {
        try {
            return Integer.parseInt("order " + number); // HERE parse
        } catch (NumberFormatException e) {
            throw new OrderRejected("order " + number + " cannot be summed", e); // HERE load
        }
    }
}
