package io.sabot.engine.io;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/// How a file is compressed, told by its ending.
enum Compression {
  NONE(""),
  GZIP(".gz"),
  ZSTD(".zst"),
  BZIP2(".bz2");

  private static final int BUFFER_BYTES = 1 << 16;

  private final String ending;

  Compression(String ending) {
    this.ending = ending;
  }

  static Compression of(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (Compression each : values()) {
      if (each != NONE && lower.endsWith(each.ending)) {
        return each;
      }
    }
    return NONE;
  }

  /// The name without the ending that says how the file is compressed.
  static String strip(String name) {
    return name.substring(0, name.length() - of(name).ending.length());
  }

  InputStream open(InputStream in) throws IOException {
    return switch (this) {
      case NONE -> in;
      case GZIP -> new GZIPInputStream(in, BUFFER_BYTES);
      case ZSTD -> new ZstdInputStream(in);
      case BZIP2 -> new BZip2CompressorInputStream(in, true);
    };
  }
}
