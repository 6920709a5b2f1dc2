package io.sabot.store.segment;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Reads native memory by absolute address.
///
/// One constant segment over the whole address space has a type that the compiler knows, so hot
/// loops do not suffer when other code uses heap segments (shared type profiles). Callers check
/// ranges once and keep the owner reachable.
public final class Memory {
  @SuppressWarnings("restricted") // the launcher enables native access
  private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private Memory() {}

  public static byte byteAt(long address) {
    return ALL.get(Layouts.BYTE, address);
  }

  public static short shortAt(long address) {
    return ALL.get(Layouts.SHORT, address);
  }

  public static int intAt(long address) {
    return ALL.get(Layouts.INT, address);
  }

  public static long longAt(long address) {
    return ALL.get(Layouts.LONG, address);
  }

  public static double doubleAt(long address) {
    return ALL.get(Layouts.DOUBLE, address);
  }

  public static void putLong(long address, long value) {
    ALL.set(Layouts.LONG, address, value);
  }

  public static void putInt(long address, int value) {
    ALL.set(Layouts.INT, address, value);
  }

  public static boolean bitAt(long address, long index) {
    return (byteAt(address + (index >>> 3)) >>> (index & 7) & 1) != 0;
  }

  /// Memory that lives until nothing refers to it.
  public static MemorySegment allocate(long bytes) {
    return Arena.ofAuto().allocate(bytes, 8);
  }

  public static long pad8(long bytes) {
    return (bytes + 7) & ~7L;
  }
}
