package io.sabot.engine.io;

import com.github.luben.zstd.Zstd;
import io.sabot.plan.error.Errors;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.lz4.BlockLZ4CompressorInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/// The compression codecs of Parquet pages. Parquet's own factory finds codecs through Hadoop's
/// configuration, which asks for far more than a codec.
final class ParquetCodecs implements CompressionCodecFactory {
  /// Turns the bytes of a page into as many as it had before.
  private interface Codec {
    byte[] decompress(byte[] compressed, int size) throws IOException;
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
    return new Decompressor(codec(name));
  }

  private static Codec codec(CompressionCodecName name) {
    return switch (name) {
      case UNCOMPRESSED -> (compressed, _) -> compressed;
      case SNAPPY -> (compressed, _) -> Snappy.uncompress(compressed);
      case ZSTD -> Zstd::decompress;
      case GZIP ->
          (compressed, size) ->
              readAll(new GZIPInputStream(new ByteArrayInputStream(compressed)), size);
      case LZ4_RAW ->
          (compressed, size) ->
              readAll(
                  new BlockLZ4CompressorInputStream(new ByteArrayInputStream(compressed)), size);
      case LZ4, LZO, BROTLI ->
          throw Errors.unsupported(
              null, "the Parquet codec " + name.name().toLowerCase(Locale.ROOT));
    };
  }

  private static byte[] readAll(InputStream in, int size) throws IOException {
    try (in) {
      return in.readNBytes(size);
    }
  }

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName name) {
    if (name != CompressionCodecName.ZSTD) {
      throw new UnsupportedOperationException("pages are only written with Zstandard");
    }
    return new ZstdCompressor();
  }

  private record ZstdCompressor() implements BytesInputCompressor {
    @Override
    public BytesInput compress(BytesInput bytes) throws IOException {
      return BytesInput.from(Zstd.compress(bytes.toByteArray()));
    }

    @Override
    public CompressionCodecName getCodecName() {
      return CompressionCodecName.ZSTD;
    }

    @Override
    public void release() {}
  }

  @Override
  public void release() {}

  private record Decompressor(Codec codec) implements BytesInputDecompressor {
    @Override
    public BytesInput decompress(BytesInput bytes, int size) throws IOException {
      return BytesInput.from(codec.decompress(bytes.toByteArray(), size));
    }

    @Override
    public void decompress(ByteBuffer input, int compressedSize, ByteBuffer output, int size)
        throws IOException {
      byte[] compressed = new byte[compressedSize];
      input.get(compressed);
      output.put(codec.decompress(compressed, size));
    }

    @Override
    public void release() {}
  }
}
