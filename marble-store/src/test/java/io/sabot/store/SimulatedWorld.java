package io.sabot.store;

import io.sabot.store.world.FaultPoint;
import io.sabot.store.world.World;
import io.sabot.store.world.WorldFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/// Files in memory that lose what was not made durable, threads that run when the test says so, and
/// faults at points that a seed chooses.
final class SimulatedWorld implements World {
  private static final int SECTOR = 512;
  private static final int TRACED = 40;

  /// What went wrong, counted.
  enum Fault {
    /// The process ends before an operation.
    CRASH,
    /// The process ends in the middle of a write.
    CRASH_IN_WRITE,
    /// A write that was not made durable is gone after a crash.
    LOST_WRITE,
    /// Only a part of such a write is there after a crash.
    TORN_WRITE,
    /// A file that was made or deleted is not, after a crash.
    LOST_NAME,
    /// A write fails, with a part of it done.
    WRITE_ERROR,
    /// Making a file durable fails.
    FORCE_ERROR,
    /// The database fails to apply, flush, or take a file.
    DATABASE_ERROR,
    /// There is no room for a new file or a flush.
    DISK_FULL
  }

  /// The end of the simulated process. An Error, so that nobody handles it.
  static final class Crash extends Error {
    private static final long serialVersionUID = 1;

    Crash() {
      super("simulated end of the process", null, false, false);
    }
  }

  private record Pending(long position, byte[] bytes) {}

  private static final class File {
    byte[] durable = new byte[0];
    byte[] current = new byte[0];
    final List<Pending> pending = new ArrayList<>();
  }

  private final Random random;
  private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
  private final TreeMap<Path, File> files = new TreeMap<>();
  private final TreeMap<Path, File> durableNames = new TreeMap<>();
  private final TreeSet<Path> directories = new TreeSet<>();
  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final Deque<String> trace = new ArrayDeque<>();
  private long nanos;
  private int untilFault = Integer.MAX_VALUE;
  private Fault planned = Fault.CRASH;
  private boolean isDead;
  private boolean isFull;

  SimulatedWorld(Random random) {
    this.random = random;
  }

  Map<Fault, Integer> faults() {
    return faults;
  }

  /// What happened last.
  List<String> trace() {
    return List.copyOf(trace);
  }

  void note(String event) {
    trace.addLast(event);
    if (trace.size() > TRACED) {
      trace.removeFirst();
    }
  }

  private void count(Fault fault) {
    note("FAULT " + fault);
    faults.merge(fault, 1, Integer::sum);
  }

  /// Lets a fault happen at one of the next operations.
  void plan(Fault fault, int operations) {
    planned = fault;
    untilFault = operations;
  }

  /// The disk works again, and a planned fault is called off.
  void repair() {
    isFull = false;
    untilFault = Integer.MAX_VALUE;
  }

  /// The process starts again, with what was durable and a part of the rest.
  void restart() {
    isDead = false;
    tasks.clear();
    untilFault = Integer.MAX_VALUE;
    isFull = false;
    restartNames();
    for (File file : files.values()) {
      byte[] content = file.durable;
      for (Pending write : file.pending) {
        int kept = keptBytes(write.bytes.length);
        content = written(content, write.position, Arrays.copyOf(write.bytes, kept));
      }
      file.durable = content;
      file.current = content.clone();
      file.pending.clear();
    }
  }

  private void restartNames() {
    TreeSet<Path> all = new TreeSet<>(files.keySet());
    all.addAll(durableNames.keySet());
    for (Path path : all) {
      File now = files.get(path);
      File durable = durableNames.get(path);
      if (now != durable && random.nextBoolean()) {
        count(Fault.LOST_NAME);
        if (durable == null) {
          files.remove(path);
        } else {
          files.put(path, durable);
        }
      }
    }
    durableNames.clear();
    durableNames.putAll(files);
  }

  private int keptBytes(int length) {
    return switch (random.nextInt(4)) {
      case 0 -> {
        count(Fault.LOST_WRITE);
        yield 0;
      }
      case 1 -> {
        count(Fault.TORN_WRITE);
        int cut = random.nextInt(length + 1);
        yield random.nextBoolean() ? cut : cut / SECTOR * SECTOR;
      }
      default -> length;
    };
  }

  private static byte[] written(byte[] content, long position, byte[] bytes) {
    int end = (int) position + bytes.length;
    byte[] result = end > content.length ? Arrays.copyOf(content, end) : content.clone();
    System.arraycopy(bytes, 0, result, (int) position, bytes.length);
    return result;
  }

  /// Whether the planned fault, if it is of this kind, happens now. Ends the process if it is that.
  private boolean isFaulty(Fault kind) throws IOException {
    if (isDead) {
      throw new Crash();
    }
    if (untilFault > 0) {
      untilFault--;
      return false;
    }
    if (planned == Fault.CRASH) {
      count(Fault.CRASH);
      isDead = true;
      throw new Crash();
    }
    if (planned == Fault.DISK_FULL) {
      isFull = true;
      return false;
    }
    if (planned != kind) {
      return false;
    }
    untilFault = Integer.MAX_VALUE;
    count(kind);
    return true;
  }

  private void checkRoom() throws IOException {
    if (isFull) {
      count(Fault.DISK_FULL);
      throw new IOException("No space left on device (simulated)");
    }
  }

  @Override
  public void at(FaultPoint point) throws IOException {
    note(point.toString());
    if (isFaulty(Fault.DATABASE_ERROR)) {
      throw new IOException("Input/output error (simulated)");
    }
    if (point != FaultPoint.APPLY) {
      checkRoom();
    }
  }

  @Override
  public long nanos() {
    return nanos++;
  }

  @Override
  public void sleep(long time) {
    nanos += time;
  }

  @Override
  public Thread start(String name, Runnable task) {
    tasks.add(task);
    return Thread.currentThread();
  }

  /// Runs what was started.
  void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  @Override
  public WorldFile open(Path path) throws IOException {
    isFaulty(Fault.CRASH);
    File file = files.get(path);
    if (file == null) {
      checkRoom();
      file = new File();
      note("create " + path);
      files.put(path, file);
    }
    return new OpenFile(file);
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    isFaulty(Fault.CRASH);
    durableNames.keySet().removeIf(p -> directory.equals(p.getParent()));
    files.forEach((path, file) -> {
      if (directory.equals(path.getParent())) {
        durableNames.put(path, file);
      }
    });
  }

  @Override
  public void delete(Path path) throws IOException {
    isFaulty(Fault.CRASH);
    note("delete " + path);
    files.remove(path);
    directories.remove(path);
  }

  @Override
  public void createDirectories(Path directory) {
    directories.add(directory);
  }

  @Override
  public List<Path> list(Path directory) {
    return files.keySet().stream().filter(p -> directory.equals(p.getParent())).toList();
  }

  @Override
  public boolean isDirectory(Path path) {
    return directories.contains(path);
  }

  @Override
  public boolean exists(Path path) {
    return files.containsKey(path) || directories.contains(path);
  }

  @Override
  public void rename(Path from, Path to) {
    throw new UnsupportedOperationException("rename");
  }

  @Override
  public Path temporaryDirectory() {
    throw new UnsupportedOperationException("temporaryDirectory");
  }

  private final class OpenFile implements WorldFile {
    private final File file;

    OpenFile(File file) {
      this.file = file;
    }

    @Override
    public long size() {
      return file.current.length;
    }

    @Override
    public void write(ByteBuffer bytes, long position) throws IOException {
      byte[] content = new byte[bytes.remaining()];
      bytes.get(content);
      if (planned == Fault.CRASH_IN_WRITE && isFaulty(Fault.CRASH_IN_WRITE)) {
        write(content, position, random.nextInt(content.length + 1));
        isDead = true;
        throw new Crash();
      }
      if (isFaulty(Fault.WRITE_ERROR)) {
        write(content, position, random.nextInt(content.length + 1));
        throw new IOException("Input/output error (simulated)");
      }
      if (position + content.length > file.current.length) {
        checkRoom();
      }
      write(content, position, content.length);
    }

    private void write(byte[] content, long position, int length) {
      byte[] part = Arrays.copyOf(content, length);
      file.current = written(file.current, position, part);
      file.pending.add(new Pending(position, part));
    }

    @Override
    public int read(ByteBuffer bytes, long position) {
      if (isDead) {
        throw new Crash();
      }
      int count = (int) Math.min(bytes.remaining(), file.current.length - position);
      if (count <= 0) {
        return 0;
      }
      bytes.put(file.current, (int) position, count);
      return count;
    }

    @Override
    public void force() throws IOException {
      if (isFaulty(Fault.FORCE_ERROR)) {
        throw new IOException("Input/output error (simulated)");
      }
      note("force, " + file.pending.size() + " writes");
      file.durable = file.current.clone();
      file.pending.clear();
    }

    @Override
    public void truncate(long size) {
      file.current = Arrays.copyOf(file.current, (int) size);
    }

    @Override
    public boolean tryLock() {
      return true;
    }

    @Override
    public void close() {}
  }
}
