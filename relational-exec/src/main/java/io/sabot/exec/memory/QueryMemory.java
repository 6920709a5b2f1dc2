package io.sabot.exec.memory;

import io.sabot.exec.spill.SpillFiles;
import io.sabot.plan.error.Errors;
import java.lang.foreign.MemorySegment;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;

/// The memory account of one query: every buffer is an Arrow buffer of one child allocator with the
/// query's limit. Thread-safe. Buffers still held when the query ends are released together, so an
/// operator that fails or is abandoned leaks nothing.
///
/// Operators that can write rows to disk ask {@link #mayGrow} first. Together they may take half of
/// the limit; when that is taken, each may still have a share of three tenths. The rest is for
/// batches and for operators that cannot spill.
public final class QueryMemory implements AutoCloseable {
  /// How much of the Java heap the tables of one query may take before they spill.
  private static final long HEAP_BYTES = Runtime.getRuntime().maxMemory() / 3;

  private final BufferAllocator allocator;
  private final long limitBytes;
  private final SpillFiles spill;
  private final AtomicInteger spillers = new AtomicInteger();
  private final AtomicLong heapBytes = new AtomicLong();
  private final Map<ArrowBuf, Boolean> held = new IdentityHashMap<>();
  private final @Nullable BufferAllocator root;
  private boolean closed;

  /// @param spill where operators write what does not fit; closed with this
  public QueryMemory(BufferAllocator parent, String name, long limitBytes, SpillFiles spill) {
    this.allocator = parent.newChildAllocator(name, 0, limitBytes);
    this.limitBytes = limitBytes;
    this.spill = spill;
    this.root = null;
  }

  /// An account outside any database, for kernels that are run alone.
  public QueryMemory(String name, long limitBytes) {
    this.root = new RootAllocator();
    this.allocator = root.newChildAllocator(name, 0, limitBytes);
    this.limitBytes = limitBytes;
    this.spill = SpillFiles.none();
  }

  /// A buffer and its bytes as a segment.
  public record Buffer(ArrowBuf arrow, MemorySegment segment) {}

  /// Allocates at least `bytes`, not zeroed. Fails with the query's memory limit error.
  public synchronized Buffer allocate(long bytes) {
    if (closed) {
      throw Errors.cancelled();
    }
    long size = Math.max(64, bytes);
    checkLimit(size);
    try {
      ArrowBuf buffer = allocator.buffer(size);
      held.put(buffer, Boolean.TRUE);
      MemorySegment segment =
          MemorySegment.ofAddress(buffer.memoryAddress()).reinterpret(buffer.capacity());
      return new Buffer(buffer, segment);
    } catch (OutOfMemoryException outOfMemory) {
      throw Errors.memoryLimit(limitBytes);
    }
  }

  public synchronized void release(Buffer buffer) {
    if (held.remove(buffer.arrow()) != null) {
      buffer.arrow().close();
    }
  }

  /// Counts heap memory of hash tables and the like against the same limit; negative to give back.
  public void reserveHeap(long bytes) {
    heapBytes.addAndGet(bytes);
    if (bytes > 0) {
      try {
        checkLimit(0);
      } catch (RuntimeException overLimit) {
        heapBytes.addAndGet(-bytes);
        throw overLimit;
      }
    }
  }

  private void checkLimit(long more) {
    if (allocator.getAllocatedMemory() + heapBytes.get() + more > limitBytes) {
      throw Errors.memoryLimit(limitBytes);
    }
  }

  /// Counts an operator that can spill.
  public void addSpiller() {
    spillers.incrementAndGet();
  }

  /// What each operator that can spill may have in any case.
  public long shareBytes() {
    return limitBytes / 10 * 3 / Math.max(1, spillers.get());
  }

  /// Whether an operator that has `held` bytes may take `more`, rather than spill. Nothing is
  /// reserved. Always true where the query may not write files.
  ///
  /// @param workers how many of them the operator's share is for
  public boolean mayGrow(long held, long more, int workers) {
    if (!spill.mayWrite()) {
      return true;
    }
    long after = usedBytes() + more;
    boolean plenty = after <= limitBytes / 2 && heapBytes.get() <= HEAP_BYTES;
    boolean shared = held + more <= shareBytes() / workers && after <= limitBytes / 4 * 3;
    return !spill.always() && (plenty || shared);
  }

  public SpillFiles spill() {
    return spill;
  }

  public long usedBytes() {
    return allocator.getAllocatedMemory() + heapBytes.get();
  }

  public long peakBytes() {
    return allocator.getPeakMemoryAllocation() + heapBytes.get();
  }

  public long limitBytes() {
    return limitBytes;
  }

  public BufferAllocator allocator() {
    return allocator;
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      spill.close();
      held.keySet().forEach(ArrowBuf::close);
      held.clear();
      allocator.close();
      if (root != null) {
        root.close();
      }
    }
  }
}
