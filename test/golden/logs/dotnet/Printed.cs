using System;
static class Printed {
  static void Work(object o) { ((string) o).ToString(); }
  static void Main() {
    Console.WriteLine("2026-01-02 03:04:05 INFO start");
    try { Work(7); } catch (Exception e) { Console.WriteLine("2026-01-02 03:04:05 ERROR order 7 failed\n" + e); }
    Console.WriteLine("2026-01-02 03:04:05 INFO next");
    try { Work(null); } catch (Exception e) { Console.WriteLine(e); }
    Console.WriteLine("2026-01-02 03:04:05 INFO end");
  }
}
