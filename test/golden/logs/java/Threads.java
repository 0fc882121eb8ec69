class Threads {
  public static void main(String[] args) throws Exception {
    Thread t = new Thread(() -> { Object o = "x"; Integer i = (Integer) o; }, "worker-1");
    t.start();
    t.join();
    System.out.println("main goes on");
    Thread.sleep(50);
    var pool = java.util.concurrent.Executors.newFixedThreadPool(1);
    pool.execute(() -> { int[] a = new int[1]; a[3] = 1; });
    pool.shutdown();
  }
}
