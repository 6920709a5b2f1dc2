package io.sabot.engine.io;

import io.sabot.engine.Access;
import io.sabot.exec.run.Outside;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/// RDF files below the folder that `LOAD` may read.
public final class Documents implements Outside.Documents {
  private final Access access;

  public Documents(Access access) {
    this.access = access;
  }

  @Override
  public void read(String iri, Consumer<Outside.Quad> sink) {
    Path file = file(iri);
    try (InputStream in = Files.newInputStream(file)) {
      String name = file.getFileName().toString();
      InputStream plain = name.endsWith(".gz") ? new GZIPInputStream(in) : in;
      RdfReading.read(plain, name, iri, "l" + Long.toHexString(System.nanoTime()) + "_", sink);
    } catch (IOException unreadable) {
      throw new QueryException(
          ErrorCode.FILE_ERROR, null, "LOAD cannot read <" + iri + ">: " + unreadable, "");
    }
  }

  /// The file that an IRI names, if it is below the folder after all links are followed.
  private Path file(String iri) {
    Path folder = access.documents();
    if (folder == null) {
      throw new QueryException(
          ErrorCode.FILE_ERROR,
          null,
          "LOAD may not read any file",
          "allow a folder: SET load_folder = '/path'");
    }
    try {
      URI uri = URI.create(iri);
      if (!"file".equals(uri.getScheme())) {
        throw refused(iri, folder);
      }
      Path real = Path.of(URI.create("file://" + uri.getRawPath())).toRealPath();
      if (!real.startsWith(folder.toRealPath())) {
        throw refused(iri, folder);
      }
      return real;
    } catch (IOException missing) {
      throw new QueryException(
          ErrorCode.FILE_ERROR, null, "LOAD cannot read <" + iri + ">: " + missing, "");
    } catch (IllegalArgumentException noFile) {
      throw refused(iri, folder);
    }
  }

  /// The file at an address whose path starts at the folder, as Cypher writes it, or at the root.
  Path below(String address) {
    Path folder = access.documents();
    if (folder != null && address.startsWith("file:///")) {
      try {
        Path inside = folder.resolve(URI.create(address).getPath().substring(1));
        if (java.nio.file.Files.exists(inside)) {
          return file(inside.toUri().toString());
        }
      } catch (IllegalArgumentException noFile) {
        throw refused(address, folder);
      }
    }
    return file(address);
  }

  private static QueryException refused(String iri, Path folder) {
    return new QueryException(
        ErrorCode.FILE_ERROR,
        null,
        "LOAD may not read <" + iri + ">",
        "it reads files below " + folder.toUri());
  }
}
