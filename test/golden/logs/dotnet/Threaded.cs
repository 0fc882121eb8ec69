using System; using System.Threading;
static class Threaded {
  static void Main() { var t = new Thread(() => { throw new FormatException("two\nlines\n\nhere"); }); t.Start(); t.Join(); }
}
