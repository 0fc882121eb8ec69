package com.example.shop;

class Suppressed {
  record Res(String name) implements AutoCloseable {
    public void close() { throw new IllegalStateException("close " + name, new RuntimeException("why " + name)); }
  }
  public static void main(String[] args) throws Exception {
    try (Res a = new Res("a"); Res b = new Res("b")) {
      throw new java.io.IOException("body");
    }
  }
}
