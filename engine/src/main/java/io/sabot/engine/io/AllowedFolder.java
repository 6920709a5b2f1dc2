package io.sabot.engine.io;

import io.sabot.engine.Access;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The folder below which statements may reach files.
final class AllowedFolder {
  private AllowedFolder() {}

  /// The file, if the folder it lies in is the one that is allowed or below it after all links are
  /// followed.
  ///
  /// @param who names the statement in an error
  static Path below(Access access, String file, String who) {
    Path folder = access.documents();
    if (folder == null) {
      throw new QueryException(
          ErrorCode.FILE_ERROR,
          null,
          who + " may not reach any file",
          "allow a folder: SET load_folder = '/path'");
    }
    try {
      Path root = folder.toRealPath();
      Path path = root.resolve(file).normalize();
      Path parent = path.getParent();
      boolean isInside =
          parent != null
              && parent.toRealPath().startsWith(root)
              && (!Files.exists(path) || path.toRealPath().startsWith(root));
      if (isInside) {
        return path;
      }
    } catch (IOException | IllegalArgumentException missing) {
      throw new QueryException(
          ErrorCode.FILE_ERROR, null, who + " cannot reach '" + file + "': " + missing, "");
    }
    throw new QueryException(
        ErrorCode.FILE_ERROR,
        null,
        who + " may not reach '" + file + "'",
        "it reads and writes files below " + folder);
  }
}
