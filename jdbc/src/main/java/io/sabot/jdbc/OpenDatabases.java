package io.sabot.jdbc;

import io.sabot.engine.Options;
import io.sabot.engine.Sabot;
import io.sabot.plan.error.QueryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/// The databases that connections of this process have open. One directory is opened once, by the
/// first connection, and closed with the last.
final class OpenDatabases {
  /// By place; guarded by itself.
  private static final Map<String, Shared> OPEN = new HashMap<>();

  private OpenDatabases() {}

  private static final class Shared {
    private final Sabot database;
    private int users;

    Shared(Sabot database) {
      this.database = database;
    }
  }

  /// The use of a database by one connection.
  record Lease(Sabot database, Runnable onClose) implements AutoCloseable {
    @Override
    public void close() {
      onClose.run();
    }
  }

  static Lease open(ConnectionUrl url) throws SQLException {
    Options options = url.applyTo(Options.defaults());
    try {
      if (url.place() != null) {
        Path directory = Path.of(url.place());
        return shared("directory " + real(directory), () -> Sabot.open(directory, options));
      }
      if (url.name() != null) {
        return shared("memory " + url.name(), () -> Sabot.inMemory(options));
      }
      Sabot own = Sabot.inMemory(options);
      return new Lease(own, own::close);
    } catch (QueryException failed) {
      throw SqlErrors.of(failed);
    } catch (InvalidPathException | IOException wrong) {
      throw SqlErrors.url(String.valueOf(url.place()), "a directory");
    }
  }

  private interface Opening {
    Sabot open();
  }

  private static Lease shared(String place, Opening opening) {
    synchronized (OPEN) {
      Shared shared = OPEN.computeIfAbsent(place, _ -> new Shared(opening.open()));
      shared.users++;
      return new Lease(shared.database, () -> release(place, shared));
    }
  }

  private static void release(String place, Shared shared) {
    synchronized (OPEN) {
      shared.users--;
      if (shared.users == 0) {
        OPEN.remove(place);
        shared.database.close();
      }
    }
  }

  /// The same name for the same directory, links followed, whether it exists or not.
  private static Path real(Path directory) throws IOException {
    Path absolute = directory.toAbsolutePath().normalize();
    Path parent = absolute.getParent();
    if (Files.exists(absolute)) {
      return absolute.toRealPath();
    }
    return parent == null ? absolute : real(parent).resolve(absolute.getFileName());
  }
}
