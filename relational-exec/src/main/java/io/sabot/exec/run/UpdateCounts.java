package io.sabot.exec.run;

import java.util.concurrent.atomic.AtomicLong;

/// What a query changed, for its summary.
public final class UpdateCounts {
  public final AtomicLong nodesCreated = new AtomicLong();
  public final AtomicLong nodesDeleted = new AtomicLong();
  public final AtomicLong edgesCreated = new AtomicLong();
  public final AtomicLong edgesDeleted = new AtomicLong();
  public final AtomicLong propertiesSet = new AtomicLong();
  public final AtomicLong labelsAdded = new AtomicLong();
  public final AtomicLong labelsRemoved = new AtomicLong();
  public final AtomicLong rowsChanged = new AtomicLong();
  public final AtomicLong quadsInserted = new AtomicLong();
  public final AtomicLong quadsDeleted = new AtomicLong();
}
