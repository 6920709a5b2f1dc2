package io.sabot.store.segment;

/// An estimate of how many distinct hashes it has seen, within about 5 %.
///
/// 512 registers of one byte (Flajolet et al. 2007), with linear counting while small. Registers
/// merge by maximum, so sketches of segments give the sketch of a table.
public final class HyperLogLog {
  private static final int INDEX_BITS = 9;
  public static final int BYTES = 1 << INDEX_BITS;
  private static final double ALPHA = 0.7213 / (1 + 1.079 / BYTES);

  private final byte[] registers;

  public HyperLogLog() {
    this(new byte[BYTES]);
  }

  public HyperLogLog(byte[] registers) {
    this.registers = registers;
  }

  public byte[] registers() {
    return registers;
  }

  public void add(long value) {
    addHash(mix(value));
  }

  public void addHash(long hash) {
    int index = (int) (hash >>> (64 - INDEX_BITS));
    byte rank = (byte) (Long.numberOfLeadingZeros(hash << INDEX_BITS | 1L << (INDEX_BITS - 1)) + 1);
    if (rank > registers[index]) {
      registers[index] = rank;
    }
  }

  public void merge(HyperLogLog other) {
    for (int i = 0; i < BYTES; i++) {
      if (other.registers[i] > registers[i]) {
        registers[i] = other.registers[i];
      }
    }
  }

  public double estimate() {
    double sum = 0;
    int zeros = 0;
    for (byte register : registers) {
      sum += 1.0 / (1L << register);
      zeros += register == 0 ? 1 : 0;
    }
    double raw = ALPHA * BYTES * BYTES / sum;
    return raw <= 2.5 * BYTES && zeros > 0 ? BYTES * Math.log((double) BYTES / zeros) : raw;
  }

  /// A 64-bit finaliser (splitmix64): every input bit reaches every output bit.
  public static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
