package com.example.shop;

class Caused {
  static class OrderException extends RuntimeException {
    OrderException(String message, Throwable cause) { super(message, cause); }
  }
  static void read() throws java.io.IOException { new java.io.FileReader("/srv/shop/none.txt"); }
  static void load() {
    try { read(); } catch (java.io.IOException e) { throw new IllegalStateException(e); }
  }
  public static void main(String[] args) {
    try { load(); } catch (IllegalStateException e) { throw new OrderException("order 7", e); }
  }
}
