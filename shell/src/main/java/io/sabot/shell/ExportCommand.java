package io.sabot.shell;

import io.sabot.engine.Language;
import io.sabot.engine.Result;
import io.sabot.engine.Session;
import io.sabot.engine.io.ArrowFiles;
import io.sabot.engine.io.ParquetExport;
import io.sabot.engine.io.RdfExport;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.shell.output.ResultFormat;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./sabot export`: the result of a query, or graphs, into a file that is there when it is whole.
@Command(
    name = "export",
    description = "Writes the result of a query, or graphs, into a file; its ending says how.")
final class ExportCommand extends DatabaseCommand {
  @Parameters(
      index = "1",
      paramLabel = "FILE",
      description = {
        "results: .csv .tsv .json .jsonl .md .arrow .parquet .srj .srx",
        "graphs, and triples of a query: .ttl .nt .trig .nq"
      })
  private Path file = Path.of("");

  @Parameters(index = "2", arity = "0..1", paramLabel = "QUERY", description = "what to write")
  private @Nullable String query;

  @Option(names = "--lang", paramLabel = "L", description = "sql, cypher or sparql; recognised")
  private @Nullable Language language;

  @Option(names = "--graph", paramLabel = "IRI", description = "one graph; without, all")
  private @Nullable String graph;

  ExportCommand(Console console) {
    super(console);
  }

  @Override
  @Nullable String text() {
    return query;
  }

  @Override
  int run(Session session) {
    try {
      long rows = export(session);
      console.err().printf(Locale.ROOT, "%,d rows into %s%n", rows, file);
      return Main.OK;
    } catch (IOException unwritable) {
      throw new QueryException(
          ErrorCode.FILE_ERROR,
          null,
          "file '" + file + "' cannot be written: " + RunCommand.reason(unwritable),
          "");
    }
  }

  /// Into a file beside it first.
  private long export(Session session) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      long rows = export(session, part);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      return rows;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private long export(Session session, Path target) throws IOException {
    String text = query;
    RdfExport.Syntax syntax = syntax();
    if (text == null) {
      if (syntax == null) {
        throw new QueryException(
            ErrorCode.INVALID_ARGUMENT,
            null,
            "'" + file + "' is no file for a graph, and there is no query",
            "give a query, or an ending of .ttl, .nt, .trig or .nq");
      }
      try (OutputStream out = open(target)) {
        return RdfExport.graphs(session, graph, syntax, out);
      }
    }
    Language asked = language != null ? language : LanguageGuess.require(text);
    List<String> parts = QueryPrinter.parts(asked, text);
    if (parts.size() != 1) {
      throw new QueryException(
          ErrorCode.INVALID_ARGUMENT,
          null,
          "found " + parts.size() + " statements, expected one",
          "export the result of each into a file of its own");
    }
    try (Result result = session.run(asked, parts.getFirst(), Map.of())) {
      return write(result, syntax, target);
    }
  }

  private static OutputStream open(Path target) throws IOException {
    return new BufferedOutputStream(Files.newOutputStream(target));
  }

  private long write(Result result, RdfExport.@Nullable Syntax syntax, Path target)
      throws IOException {
    if (ending().equals("parquet")) {
      return ParquetExport.write(result, target);
    }
    try (OutputStream out = open(target)) {
      if (syntax != null) {
        return RdfExport.triples(result, syntax, out);
      }
      if (ending().equals("arrow")) {
        return ArrowFiles.write(result, out);
      }
      try (Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8)) {
        return ResultFormat.of(textFormat()).write(result, text);
      }
    }
  }

  private String ending() {
    String name = String.valueOf(file.getFileName());
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private RdfExport.@Nullable Syntax syntax() {
    return switch (ending()) {
      case "ttl" -> RdfExport.Syntax.TURTLE;
      case "nt" -> RdfExport.Syntax.N_TRIPLES;
      case "trig" -> RdfExport.Syntax.TRIG;
      case "nq" -> RdfExport.Syntax.N_QUADS;
      default -> null;
    };
  }

  private ResultFormat.Name textFormat() {
    return switch (ending()) {
      case "csv" -> ResultFormat.Name.CSV;
      case "tsv" -> ResultFormat.Name.TSV;
      case "json" -> ResultFormat.Name.JSON;
      case "jsonl", "ndjson" -> ResultFormat.Name.JSONL;
      case "md" -> ResultFormat.Name.MARKDOWN;
      case "srj" -> ResultFormat.Name.SPARQL_JSON;
      case "srx" -> ResultFormat.Name.SPARQL_XML;
      default ->
          throw new QueryException(
              ErrorCode.UNSUPPORTED,
              null,
              "'" + file + "' has no ending that says how to write it",
              "known endings are .csv .tsv .json .jsonl .md .arrow .parquet .srj .srx .ttl .nt"
                  + " .trig .nq");
    };
  }
}
