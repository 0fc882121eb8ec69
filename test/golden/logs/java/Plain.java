package com.example.shop;

class Plain {
  static int total(String text) {
    return Integer.parseInt(text);
  }
  public static void main(String[] args) {
    total("three");
  }
}
