package io.sabot.bench.house;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// What the Java sources declare, as the compiler's own parser sees it. Only parsed, not
/// attributed: hundreds of files take about a second.
record JavaSources(List<Method> methods, Set<String> declaredTypes, Set<String> importedTypes) {
  record Method(Path file, String name, long firstLine, long lastLine) {
    long lineCount() {
      return lastLine - firstLine + 1;
    }
  }

  static JavaSources parse(List<Path> files) throws IOException {
    JavaSources found = new JavaSources(new ArrayList<>(), new TreeSet<>(), new TreeSet<>());
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
      Iterable<? extends CompilationUnitTree> units = task.parse();
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : units) {
        new Collector(found, unit, positions).scan(unit, null);
      }
    }
    return found;
  }

  private static final class Collector extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private final JavaSources found;
    private final CompilationUnitTree unit;
    private final SourcePositions positions;

    Collector(JavaSources found, CompilationUnitTree unit, SourcePositions positions) {
      this.found = found;
      this.unit = unit;
      this.positions = positions;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void ignored) {
      found.declaredTypes.add(type.getSimpleName().toString());
      return super.visitClass(type, null);
    }

    @Override
    public @Nullable Void visitImport(ImportTree imported, @Nullable Void ignored) {
      String name = imported.getQualifiedIdentifier().toString();
      found.importedTypes.add(name.substring(name.lastIndexOf('.') + 1));
      return super.visitImport(imported, null);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void ignored) {
      long end = positions.getEndPosition(unit, method);
      // A record's canonical constructor has no end: the compiler writes it.
      if (end >= 0) {
        found.methods.add(
            new Method(
                Path.of(unit.getSourceFile().toUri()),
                method.getName().toString(),
                unit.getLineMap().getLineNumber(positions.getStartPosition(unit, method)),
                unit.getLineMap().getLineNumber(end)));
      }
      return super.visitMethod(method, null);
    }
  }
}
