using System; using System.Threading.Tasks;
static class Aggregate {
  static int Work(int n) { if (n > 0) throw new ArgumentException("bad " + n, "n"); return n; }
  static void Main() { Task.WaitAll(Task.Run(() => Work(1)), Task.Run(() => Work(2))); }
}
