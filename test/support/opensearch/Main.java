import org.opensearch.common.settings.Settings;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.transport.Netty4Plugin;
import java.nio.file.*;
import java.util.*;

public class Main {
  static class Local extends Node {
    Local(Settings settings) {
      super(InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> "node"), List.of(Netty4Plugin.class), true);
    }
  }
  public static void main(String[] args) throws Exception {
    Settings settings = Settings.builder()
      .put("path.home", args[0]).put("path.data", args[0] + "/data").put("path.logs", args[0] + "/logs")
      .put("cluster.name", "test").put("node.name", "node")
      .put("discovery.type", "single-node").put("http.type", "netty4").put("transport.type", "netty4")
      .put("http.port", "0").put("transport.port", "0").put("network.host", "127.0.0.1")
      .put("cluster.routing.allocation.disk.threshold_enabled", false)
      .build();
    Local node = new Local(settings);
    node.start();
    String address = node.injector().getInstance(org.opensearch.http.HttpServerTransport.class).boundAddress().publishAddress().toString();
    System.out.println("READY " + address);
    System.out.flush();
    System.in.read();
    node.close();
    System.exit(0);
  }
}
