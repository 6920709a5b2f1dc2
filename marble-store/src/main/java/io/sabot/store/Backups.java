package io.sabot.store;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.store.kv.ByteReader;
import io.sabot.store.kv.ByteWriter;
import io.sabot.store.world.World;
import io.sabot.store.world.WorldFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/// Copies of a whole store.
///
/// ```
/// data/      the database, as of one log entry; the log is empty
/// BACKUP     u8 version (1), a count, then name, length and CRC32C of each file of data/; CRC32C
/// ```
///
/// A backup is made beside its target and renamed when it is whole and durable. So is a restored
/// store: one that was cut off does not open because it has no name.
final class Backups {
  private static final String LIST = "BACKUP";
  private static final int VERSION = 1;
  private static final int BUFFER = 1 << 20;

  private Backups() {}

  private record Entry(String name, long bytes, long crc) {}

  /// @param checkpoint writes the database into a directory that does not exist
  static void make(World world, Path target, Consumer<Path> checkpoint) {
    try {
      Path part = prepare(world, target);
      Path data = part.resolve("data");
      checkpoint.accept(data);
      ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
      List<Entry> entries = new ArrayList<>();
      for (Path file : world.list(data)) {
        try (WorldFile in = world.open(file)) {
          in.force();
          entries.add(new Entry(name(file), in.size(), crc(in, buffer)));
        }
      }
      try (WorldFile list = world.open(part.resolve(LIST))) {
        list.write(ByteBuffer.wrap(encode(entries)), 0);
        list.force();
      }
      publish(world, part, target, data);
    } catch (IOException e) {
      throw failed("make a backup in '" + target + "'", e);
    }
  }

  static void restore(World world, Path backup, Path target) {
    try {
      List<Entry> entries = read(world, backup.resolve(LIST));
      Path part = prepare(world, target);
      Path data = part.resolve("data");
      world.createDirectories(data);
      ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
      for (Entry entry : entries) {
        Path from = backup.resolve("data").resolve(entry.name);
        try (WorldFile in = world.open(from);
            WorldFile out = world.open(data.resolve(entry.name))) {
          long crc = copy(in, out, buffer);
          if (in.size() != entry.bytes || crc != entry.crc) {
            throw damaged("file '" + from + "' differs from what was backed up");
          }
          out.force();
        }
      }
      publish(world, part, target, data);
    } catch (IOException e) {
      throw failed("restore '" + backup + "' to '" + target + "'", e);
    }
  }

  /// An empty directory beside the target, which must not be there or be empty.
  private static Path prepare(World world, Path target) throws IOException {
    if (world.isDirectory(target) && !world.list(target).isEmpty()) {
      throw new QueryException(
          ErrorCode.FILE_ERROR,
          null,
          "the directory '" + target + "' is not empty",
          "name one that does not exist");
    }
    Path absolute = target.toAbsolutePath();
    Path part = absolute.resolveSibling(absolute.getFileName() + ".part");
    deleteTree(world, part);
    world.createDirectories(part);
    return part;
  }

  private static void publish(World world, Path part, Path target, Path data) throws IOException {
    world.forceDirectory(data);
    world.forceDirectory(part);
    world.delete(target);
    world.rename(part, target.toAbsolutePath());
    Path parent = target.toAbsolutePath().getParent();
    if (parent != null) {
      world.forceDirectory(parent);
    }
  }

  static void deleteTree(World world, Path path) throws IOException {
    if (world.isDirectory(path)) {
      for (Path child : world.list(path)) {
        deleteTree(world, child);
      }
    }
    world.delete(path);
  }

  private static String name(Path file) {
    Path name = file.getFileName();
    return name == null ? "" : name.toString();
  }

  private static byte[] encode(List<Entry> entries) {
    ByteWriter out = new ByteWriter().u8(VERSION).unsigned(entries.size());
    for (Entry entry : entries) {
      out.text(entry.name).unsigned(entry.bytes).unsigned(entry.crc);
    }
    return out.checked();
  }

  private static List<Entry> read(World world, Path list) throws IOException {
    if (world.isDirectory(list) || !world.exists(list)) {
      throw damaged("there is no list of files '" + list + "'");
    }
    byte[] stored;
    try (WorldFile file = world.open(list)) {
      ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(file.size()));
      file.read(bytes, 0);
      stored = bytes.array();
    }
    ByteReader in = ByteReader.checked(stored, "the list of files of a backup");
    if (in.u8() != VERSION) {
      throw new QueryException(
          ErrorCode.STORE_FORMAT,
          null,
          "the backup was made by another version of Sabot",
          "restore it with that version");
    }
    List<Entry> entries = new ArrayList<>();
    for (long left = in.unsigned(); left > 0; left--) {
      entries.add(new Entry(in.text(), in.unsigned(), in.unsigned()));
    }
    return entries;
  }

  private static long crc(WorldFile in, ByteBuffer buffer) throws IOException {
    CRC32C crc = new CRC32C();
    for (long at = 0; at < in.size(); ) {
      buffer.clear();
      at += in.read(buffer, at);
      crc.update(buffer.flip());
    }
    return crc.getValue();
  }

  private static long copy(WorldFile in, WorldFile out, ByteBuffer buffer) throws IOException {
    CRC32C crc = new CRC32C();
    for (long at = 0; at < in.size(); ) {
      buffer.clear();
      int count = in.read(buffer, at);
      crc.update(buffer.flip());
      out.write(buffer.flip(), at);
      at += count;
    }
    return crc.getValue();
  }

  private static QueryException damaged(String what) {
    return new QueryException(
        ErrorCode.CORRUPTION, null, "the backup is damaged: " + what, "use another backup");
  }

  private static QueryException failed(String what, IOException e) {
    return new QueryException(
        ErrorCode.FILE_ERROR,
        null,
        "could not " + what + ": " + e.getMessage(),
        "check the disk and the name",
        "",
        e);
  }
}
