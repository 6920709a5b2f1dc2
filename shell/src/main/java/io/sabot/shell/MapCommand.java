package io.sabot.shell;

import io.sabot.engine.Language;
import io.sabot.engine.Session;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `./sabot map`: how SPARQL sees the tables of a database.
@Command(
    name = "map",
    description =
        "Stores a mapping of tables to RDF (R2RML); without options lists those that are stored.")
final class MapCommand extends DatabaseCommand {
  @Option(names = "--r2rml", paramLabel = "FILE", description = "an R2RML mapping in Turtle")
  private @Nullable Path mapping;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "r2rml",
      description = "what it is called; takes the place of one of that name (${DEFAULT-VALUE})")
  private String name = "";

  @Option(names = "--drop", paramLabel = "NAME", description = "forgets a mapping")
  private @Nullable String drop;

  MapCommand(Console console) {
    super(console);
  }

  @Override
  int run(Session session) {
    Path file = mapping;
    if (drop != null) {
      run(session, "DROP RDF MAPPING " + quoted(drop, '"'));
    }
    if (file != null) {
      String document = quoted(read(file), '\'');
      run(session, "CREATE OR REPLACE RDF MAPPING " + quoted(name, '"') + " AS " + document);
    }
    if (file == null && drop == null) {
      session.catalog().rdfMappings().forEach(each -> console.out().println(each.name()));
    }
    return Main.OK;
  }

  private static void run(Session session, String statement) {
    session.run(Language.SQL, statement).close();
  }

  private static String quoted(String text, char quote) {
    String one = String.valueOf(quote);
    return quote + text.replace(one, one + one) + quote;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new QueryException(
          ErrorCode.FILE_ERROR, null, "file '" + file + "' cannot be read: " + unreadable, "");
    }
  }
}
