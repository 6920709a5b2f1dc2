package io.sabot.bench.sparql;

import io.sabot.bench.graph.SocialNetwork;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/// The social network as N-Triples, with what a table leaves out: birthdays, addresses, texts, and
/// a tree of tag classes. The same files of the network give the same triples.
final class SocialTriples {
  private static final String DATA = "http://sabot.example/data/";
  private static final String VOCABULARY = "http://sabot.example/vocabulary#";
  private static final String TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
  private static final String SUB_CLASS = "http://www.w3.org/2000/01/rdf-schema#subClassOf";
  private static final String XSD = "http://www.w3.org/2001/XMLSchema#";
  private static final LocalDateTime EPOCH = LocalDateTime.of(2010, 1, 1, 0, 0);
  private static final LocalDate FIRST_BIRTHDAY = LocalDate.of(1950, 1, 1);
  private static final int BIRTHDAYS = 18_000;
  private static final double WITH_EMAIL = 0.7;
  private static final int WORDS_MIN = 4;
  private static final int WORDS_MAX = 16;
  private static final long SEED = 99;
  private static final List<String> WORDS =
      List.of(
          "above",
          "autumn",
          "bread",
          "bridge",
          "candle",
          "circle",
          "copper",
          "cotton",
          "dance",
          "desert",
          "dream",
          "early",
          "engine",
          "evening",
          "feather",
          "field",
          "forest",
          "garden",
          "ginger",
          "glass",
          "harbour",
          "honey",
          "island",
          "ivory",
          "journey",
          "kettle",
          "ladder",
          "lantern",
          "letter",
          "marble",
          "meadow",
          "mirror",
          "morning",
          "mountain",
          "needle",
          "ocean",
          "orange",
          "paper",
          "pepper",
          "piano",
          "planet",
          "quiet",
          "river",
          "sabot",
          "saddle",
          "shadow",
          "silver",
          "spring",
          "stone",
          "summer",
          "table",
          "thunder",
          "timber",
          "travel",
          "valley",
          "velvet",
          "village",
          "violin",
          "voyage",
          "walnut",
          "water",
          "window",
          "winter",
          "yellow");

  private final Path files;
  private final BufferedWriter out;
  private final SplittableRandom random = new SplittableRandom(SEED);

  private SocialTriples(Path files, BufferedWriter out) {
    this.files = files;
    this.out = out;
  }

  /// Returns the file of the triples of a network, made beside its directory unless it is there.
  static Path file(Path network) throws IOException {
    Path file = network.resolveSibling(network.getFileName() + ".nt");
    if (!Files.exists(file)) {
      Path part = network.resolveSibling(network.getFileName() + ".nt.part");
      try (BufferedWriter out = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
        new SocialTriples(network, out).write();
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return file;
  }

  private void write() throws IOException {
    each("country", row -> named("country", row));
    each(
        "city",
        row -> {
          named("city", row);
          triple(entity("city", row[0]), "partOf", entity("country", row[2]));
        });
    each("person", this::person);
    each("knows", row -> link("person", row[0], "knows", "person", row[1]));
    each(
        "forum",
        row -> {
          type(entity("forum", row[0]), "Forum");
          triple(entity("forum", row[0]), "title", text(row[1]));
        });
    each("has_member", row -> link("forum", row[0], "hasMember", "person", row[1]));
    each("tag_class", this::tagClass);
    each(
        "tag",
        row -> {
          type(entity("tag", row[0]), "Tag");
          triple(entity("tag", row[0]), "name", text(row[1]) + "@en");
          triple(entity("tag", row[0]), "kind", entity("class", row[2]));
        });
    each("interested_in", row -> link("person", row[0], "interestedIn", "tag", row[1]));
    each("message", this::message);
    each("has_tag", row -> link("message", row[0], "hasTag", "tag", row[1]));
    each("likes", row -> link("person", row[0], "likes", "message", row[1]));
  }

  /// Takes the fields of one line.
  private interface Line {
    void write(String[] row) throws IOException;
  }

  private void each(String table, Line line) throws IOException {
    try (BufferedReader in =
        Files.newBufferedReader(SocialNetwork.file(files, table), StandardCharsets.UTF_8)) {
      in.readLine();
      for (String next = in.readLine(); next != null; next = in.readLine()) {
        line.write(next.split(",", -1));
      }
    }
  }

  private void named(String kind, String[] row) throws IOException {
    type(entity(kind, row[0]), kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1));
    triple(entity(kind, row[0]), "name", text(row[1]));
  }

  private void person(String[] row) throws IOException {
    String person = entity("person", row[0]);
    type(person, "Person");
    triple(person, "firstName", text(row[1]));
    triple(person, "lastName", text(row[2]));
    String birthday = FIRST_BIRTHDAY.plusDays(random.nextInt(BIRTHDAYS)).toString();
    triple(person, "birthday", typed(birthday, "date"));
    triple(person, "livesIn", entity("city", row[3]));
    if (random.nextDouble() < WITH_EMAIL) {
      String user = (row[1] + "." + row[2]).toLowerCase(Locale.ROOT);
      triple(person, "email", text(user + row[0] + "@mail.example"));
    }
  }

  /// Each class is below the one of half its number.
  private void tagClass(String[] row) throws IOException {
    named("class", row);
    int number = Integer.parseInt(row[0]);
    if (number > 0) {
      line(entity("class", row[0]), SUB_CLASS, entity("class", Integer.toString(number / 2)));
    }
  }

  private void message(String[] row) throws IOException {
    String message = entity("message", row[0]);
    boolean isPost = Boolean.parseBoolean(row[1]);
    type(message, isPost ? "Post" : "Comment");
    LocalDateTime created = EPOCH.plusSeconds(Long.parseLong(row[2]));
    String time = created.format(DateTimeFormatter.ISO_LOCAL_DATE_TIME) + "Z";
    triple(message, "created", typed(time, "dateTime"));
    triple(message, "length", typed(row[3], "integer"));
    triple(message, "creator", entity("person", row[4]));
    if (isPost) {
      triple(message, "postedIn", entity("forum", row[5]));
    } else {
      triple(message, "replyOf", entity("message", row[6]));
    }
    triple(message, "content", text(words(row[0])));
  }

  /// No two messages have the same text.
  private String words(String number) {
    StringBuilder words = new StringBuilder();
    for (int left = random.nextInt(WORDS_MIN, WORDS_MAX); left > 0; left--) {
      words.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
    }
    return words.append("no ").append(number).toString();
  }

  private void link(String from, String source, String predicate, String to, String target)
      throws IOException {
    triple(entity(from, source), predicate, entity(to, target));
  }

  private void type(String subject, String type) throws IOException {
    line(subject, TYPE, "<" + VOCABULARY + type + ">");
  }

  private void triple(String subject, String predicate, String object) throws IOException {
    line(subject, VOCABULARY + predicate, object);
  }

  private void line(String subject, String predicate, String object) throws IOException {
    out.write(subject);
    out.write(" <");
    out.write(predicate);
    out.write("> ");
    out.write(object);
    out.write(" .\n");
  }

  private static String entity(String kind, String number) {
    return "<" + DATA + kind + number + ">";
  }

  private static String text(String plain) {
    return "\"" + plain + "\"";
  }

  private static String typed(String lexical, String type) {
    return text(lexical) + "^^<" + XSD + type + ">";
  }
}
