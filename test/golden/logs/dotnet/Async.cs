using System; using System.Threading.Tasks;
static class Async {
  static async Task<int> Work() { await Task.Delay(1); throw new TimeoutException(); }
  static async Task<int> Outer() { return await Work() + 1; }
  static void Main() { Outer().GetAwaiter().GetResult(); }
}
