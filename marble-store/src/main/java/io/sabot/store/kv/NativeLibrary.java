package io.sabot.store.kv;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/// Loads RocksDB's native library from a copy that stays between runs.
///
/// The library's own loader unpacks 17 MB from the jar into a temporary file at every start, which
/// takes 200 of the 230 ms until a store is open. The copy is in `~/.cache/sabot` (or where the
/// system property `sabot.native.directory` says), named after the size and date of the original;
/// when it cannot be written or loaded, the library's own loader does it.
final class NativeLibrary {
  private NativeLibrary() {}

  static void load() {
    Path directory = null;
    try {
      directory = unpacked();
    } catch (IOException e) {
      // A home that cannot be written costs time, nothing else.
    }
    if (directory == null || !loadFrom(directory)) {
      RocksDB.loadLibrary();
    }
  }

  private static boolean loadFrom(Path directory) {
    try {
      RocksDB.loadLibrary(List.of(directory.toString()));
      return true;
    } catch (UnsatisfiedLinkError e) {
      return false;
    }
  }

  private static @Nullable Path unpacked() throws IOException {
    URL source = RocksDB.class.getResource("/" + Environment.getJniLibraryFileName("rocksdb"));
    if (source == null) {
      return null;
    }
    URLConnection connection = source.openConnection();
    String name =
        "rocksdb-" + connection.getContentLengthLong() + "-" + connection.getLastModified();
    Path directory = home().resolve(name);
    Path target = directory.resolve(Environment.getJniLibraryFileName("rocksdbjni"));
    if (!Files.exists(target)) {
      Files.createDirectories(directory);
      Path partial = Files.createTempFile(directory, "partial", "");
      try (InputStream in = connection.getInputStream()) {
        Files.copy(in, partial, StandardCopyOption.REPLACE_EXISTING);
      }
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    }
    return directory;
  }

  private static Path home() {
    String chosen = System.getProperty("sabot.native.directory");
    return chosen != null
        ? Path.of(chosen)
        : Path.of(System.getProperty("user.home", "."), ".cache", "sabot");
  }
}
