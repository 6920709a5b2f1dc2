package io.sabot.bench.peer;

import io.sabot.peers.GraphPeer;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/// The graph databases of `benchmark-peers`, each seen through {@link GraphPeer} only: their jars
/// and ours do not see each other.
public final class Peers implements AutoCloseable {
  /// Names their class path; `./sabot bench` sets it.
  private static final String CLASS_PATH = "sabot.peers";

  private final Loader loader;
  private final List<GraphPeer> peers = new ArrayList<>();

  private static final class Loader extends URLClassLoader {
    static {
      registerAsParallelCapable();
    }

    Loader(URL[] classPath) {
      super(classPath, getPlatformClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      return name.equals(GraphPeer.class.getName())
          ? GraphPeer.class
          : super.loadClass(name, resolve);
    }
  }

  /// @param wanted names of peers
  public Peers(List<String> wanted) {
    String classPath = System.getProperty(CLASS_PATH, "");
    if (classPath.isEmpty() && !wanted.isEmpty()) {
      throw new IllegalStateException(
          "the class path of the peers is unknown: start with ./sabot bench, or set " + CLASS_PATH);
    }
    loader = new Loader(urls(classPath));
    for (GraphPeer peer : ServiceLoader.load(GraphPeer.class, loader)) {
      if (wanted.contains(peer.name())) {
        peers.add(peer);
      }
    }
  }

  private static URL[] urls(String classPath) {
    List<URL> urls = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator)) {
      if (!entry.isEmpty()) {
        urls.add(url(entry));
      }
    }
    return urls.toArray(URL[]::new);
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (MalformedURLException impossible) {
      throw new IllegalArgumentException(entry, impossible);
    }
  }

  /// Opens a peer in an empty directory. What it looks up through the thread's class loader while
  /// it starts, it finds among its own jars.
  public void open(GraphPeer peer, Path directory, int threads) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      peer.open(directory, threads);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  public List<GraphPeer> all() {
    return List.copyOf(peers);
  }

  @Override
  public void close() throws IOException {
    peers.forEach(GraphPeer::close);
    loader.close();
  }
}
