package io.sabot.bench.graph;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;

/// A generated social network as CSV files, one for each table, whose header names the columns:
/// people who know each other, live in cities, are members of forums, write messages with tags,
/// reply and like. Few people do most of what is done, as in real networks. The same size and seed
/// give the same files.
///
/// The shape follows the schema of LDBC's Social Network Benchmark; the data is our own.
public final class SocialNetwork {
  /// The tables in an order in which each refers to earlier ones only.
  public static final List<String> TABLES =
      List.of(
          "country",
          "city",
          "person",
          "knows",
          "forum",
          "has_member",
          "tag_class",
          "tag",
          "interested_in",
          "message",
          "has_tag",
          "likes");

  private static final int COUNTRIES = 50;
  private static final int CITIES = 500;
  private static final int TAG_CLASSES = 20;
  private static final int TAGS = 1000;
  private static final int KNOWS = 10;
  private static final int PEOPLE_PER_FORUM = 5;
  private static final int MEMBERS = 75;
  private static final int INTERESTS = 10;
  private static final int MESSAGES = 20;
  private static final int LIKES_PER_MESSAGE = 2;
  private static final int TAGS_MAX = 3;
  private static final double POSTS = 0.3;
  private static final int SECONDS_MAX = 100_000_000;
  private static final List<String> FIRST_NAMES =
      List.of(
          "Ada", "Alan", "Barbara", "Edsger", "Grace", "Hedy", "John", "Kurt", "Mary", "Niklaus");
  private static final List<String> LAST_NAMES =
      List.of(
          "Adams", "Brown", "Chen", "Diaz", "Evans", "Fischer", "Gupta", "Haddad", "Ito", "Kim");

  private final Path directory;
  private final int people;
  private final SplittableRandom random;

  private SocialNetwork(Path directory, int people, long seed) {
    this.directory = directory;
    this.people = people;
    this.random = new SplittableRandom(seed);
  }

  /// Returns the directory of the files, made below `parent` unless they are there.
  public static Path files(Path parent, int people, long seed) throws IOException {
    Path directory = parent.resolve(String.format(Locale.ROOT, "social-%d-%d", people, seed));
    if (!Files.isDirectory(directory)) {
      Path part =
          Files.createDirectories(directory.resolveSibling(directory.getFileName() + ".part"));
      new SocialNetwork(part, people, seed).write();
      Files.move(part, directory, StandardCopyOption.ATOMIC_MOVE);
    }
    return directory;
  }

  /// The data lines of the file of a table.
  public static long rows(Path directory, String table) throws IOException {
    try (var lines = Files.lines(file(directory, table), StandardCharsets.UTF_8)) {
      return lines.count() - 1;
    }
  }

  public static Path file(Path directory, String table) {
    return directory.resolve(table + ".csv");
  }

  /// Writes the lines of one table.
  private interface Lines {
    void write(BufferedWriter out) throws IOException;
  }

  private void table(String name, String header, Lines lines) throws IOException {
    try (BufferedWriter out =
        Files.newBufferedWriter(file(directory, name), StandardCharsets.UTF_8)) {
      out.write(header);
      out.newLine();
      lines.write(out);
    }
  }

  private static void line(BufferedWriter out, Object... fields) throws IOException {
    for (int i = 0; i < fields.length; i++) {
      out.write(i == 0 ? "" : ",");
      out.write(fields[i].toString());
    }
    out.newLine();
  }

  private void write() throws IOException {
    places();
    persons();
    tags();
    messages();
  }

  private void places() throws IOException {
    table(
        "country",
        "id,name",
        out -> {
          for (int i = 0; i < COUNTRIES; i++) {
            line(out, i, "Country " + i);
          }
        });
    table(
        "city",
        "id,name,part_of_id",
        out -> {
          for (int i = 0; i < CITIES; i++) {
            line(out, i, "City " + i, i % COUNTRIES);
          }
        });
  }

  private void persons() throws IOException {
    table(
        "person",
        "id,first_name,last_name,lives_in_id",
        out -> {
          for (int i = 0; i < people; i++) {
            line(out, i, name(FIRST_NAMES), name(LAST_NAMES), skewed(CITIES));
          }
        });
    // A pair is there once, smaller number first: to know each other has no direction.
    table(
        "knows",
        "person1_id,person2_id",
        out -> pairs(out, (long) people * KNOWS, people, people, true));
    int forums = Math.max(1, people / PEOPLE_PER_FORUM);
    table(
        "forum",
        "id,title",
        out -> {
          for (int i = 0; i < forums; i++) {
            line(out, i, "Forum " + i);
          }
        });
    table(
        "has_member",
        "forum_id,person_id",
        out -> pairs(out, (long) forums * MEMBERS, forums, people, false));
  }

  private void tags() throws IOException {
    table(
        "tag_class",
        "id,name",
        out -> {
          for (int i = 0; i < TAG_CLASSES; i++) {
            line(out, i, "Class " + i);
          }
        });
    table(
        "tag",
        "id,name,kind_id",
        out -> {
          for (int i = 0; i < TAGS; i++) {
            line(out, i, "Tag " + i, i % TAG_CLASSES);
          }
        });
    table(
        "interested_in",
        "person_id,tag_id",
        out -> pairs(out, (long) people * INTERESTS, people, TAGS, false));
  }

  private void messages() throws IOException {
    int forums = Math.max(1, people / PEOPLE_PER_FORUM);
    int messages = people * MESSAGES;
    table(
        "message",
        "id,is_post,created,length,creator_id,posted_in_id,reply_of_id",
        out -> {
          for (int i = 0; i < messages; i++) {
            boolean post = i == 0 || random.nextDouble() < POSTS;
            line(
                out,
                i,
                post,
                // Later numbers are later messages, and no two are of the same second.
                (long) i * SECONDS_MAX / messages,
                random.nextInt(1, 2000),
                skewed(people),
                post ? random.nextInt(forums) : "",
                post ? "" : random.nextInt(i));
          }
        });
    table(
        "has_tag",
        "message_id,tag_id",
        out -> {
          for (int i = 0; i < messages; i++) {
            Set<Integer> chosen = new HashSet<>();
            for (int n = random.nextInt(TAGS_MAX + 1); n > 0; n--) {
              int tag = skewed(TAGS);
              if (chosen.add(tag)) {
                line(out, i, tag);
              }
            }
          }
        });
    table(
        "likes",
        "person_id,message_id",
        out -> pairs(out, (long) messages * LIKES_PER_MESSAGE, people, messages, false));
  }

  private String name(List<String> names) {
    return names.get(random.nextInt(names.size()));
  }

  /// Distinct pairs; fewer than `count` where the same came twice.
  private void pairs(BufferedWriter out, long count, int left, int right, boolean ordered)
      throws IOException {
    Set<Long> seen = new HashSet<>();
    for (long i = 0; i < count; i++) {
      int a = skewed(left);
      int b = ordered ? skewed(right) : random.nextInt(right);
      if (ordered && a == b) {
        continue;
      }
      int first = ordered ? Math.min(a, b) : a;
      int second = ordered ? Math.max(a, b) : b;
      if (seen.add(((long) first << 32) | second)) {
        line(out, first, second);
      }
    }
  }

  /// A number below `bound`; small ones come more often before they are spread over the range.
  private int skewed(int bound) {
    double r = random.nextDouble();
    long index = (long) (bound * r * Math.sqrt(r));
    // A multiplication by a number without common divisors with the bound is a permutation.
    return (int) (index * spread(bound) % bound);
  }

  private static long spread(int bound) {
    long factor = 7919;
    while (bound % factor == 0) {
      factor += 2;
    }
    return factor;
  }
}
