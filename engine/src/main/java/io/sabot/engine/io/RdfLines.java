package io.sabot.engine.io;

import io.sabot.parser.sparql.RdfFaults;
import io.sabot.plan.error.QueryException;
import io.sabot.store.segment.BytesHash;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.jena.datatypes.RDFDatatype;
import org.apache.jena.datatypes.TypeMapper;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.RiotException;
import org.apache.jena.riot.lang.LabelToNode;
import org.apache.jena.riot.system.StreamRDF;
import org.apache.jena.riot.system.StreamRDFBase;
import org.apache.jena.sparql.core.Quad;
import org.jspecify.annotations.Nullable;

/// Reads N-Triples and N-Quads. A line of plain parts (absolute http IRIs of letters, digits and
/// usual punctuation, literals without numeric escapes) is taken apart here; every other line goes
/// to RIOT, many at a time, so that what a line means and which lines are wrong is RIOT's word. A
/// wrong line is a bad row.
final class RdfLines {
  private static final int BUFFER = 1 << 20;
  private static final int KNOWN = 1 << 12;
  private static final int OTHERS_MAX = 2000;
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final byte[] HTTP = "http".getBytes(StandardCharsets.US_ASCII);

  private final InputStream in;
  private final boolean quads;
  private final StreamRDF sink;
  private final BadRows badRows;
  private final IriText iris = new IriText();
  private final @Nullable Known[] known = new Known[KNOWN];

  /// Lines for RIOT, and their numbers.
  private final ByteArrayOutputStream others = new ByteArrayOutputStream();

  private final long[] otherLines = new long[OTHERS_MAX];
  private final int[] otherStarts = new int[OTHERS_MAX + 1];
  private int otherCount;

  private byte[] bytes = new byte[BUFFER];
  private int at;
  private int end;
  private long line;

  RdfLines(InputStream in, Lang syntax, StreamRDF sink, BadRows badRows) {
    this.in = in;
    this.quads = syntax.equals(Lang.NQUADS);
    this.sink = sink;
    this.badRows = badRows;
  }

  static boolean reads(Lang syntax) {
    return syntax.equals(Lang.NTRIPLES) || syntax.equals(Lang.NQUADS);
  }

  /// The node of an IRI that was there before: most come again.
  private record Known(byte[] iri, Node node) {}

  void read() {
    try {
      int from = 0;
      int filled = 0;
      while (true) {
        int read = in.readNBytes(bytes, filled, bytes.length - filled);
        filled += read;
        from = lines(filled);
        if (filled < bytes.length) {
          break;
        }
        System.arraycopy(bytes, from, bytes, 0, filled - from);
        filled -= from;
        if (filled == bytes.length) {
          bytes = Arrays.copyOf(bytes, Math.multiplyExact(2, bytes.length));
        }
      }
      if (from < filled) {
        line(from, filled);
      }
      readOthers();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads the whole lines of `bytes[0..filled)` and returns where the rest begins.
  private int lines(int filled) {
    int from = 0;
    for (int i = 0; i < filled; i++) {
      if (bytes[i] == '\n') {
        line(from, i);
        from = i + 1;
      }
    }
    return from;
  }

  private void line(int from, int to) {
    line++;
    at = from;
    end = to;
    skipBlanks();
    if (at == end || bytes[at] == '#') {
      return;
    }
    if (line > 1 && startsWithMark()) {
      badRows.reject(line, "a byte order mark that does not start the file");
    } else if (!plain()) {
      setAside(from, to);
    }
  }

  /// RIOT would take it for the start of a file.
  private boolean startsWithMark() {
    return Arrays.equals(bytes, at, Math.min(end, at + MARK.length), MARK, 0, MARK.length);
  }

  private void setAside(int from, int to) {
    otherLines[otherCount] = line;
    others.write(bytes, from, to - from);
    others.write('\n');
    otherStarts[++otherCount] = others.size();
    if (otherCount == OTHERS_MAX) {
      readOthers();
    }
  }

  // ---- Lines of plain parts

  /// Hands over the quad of a line; false when it has a part that is not plain.
  private boolean plain() {
    Node subject = resource();
    Node predicate = subject == null ? null : iri();
    Node object = predicate == null ? null : object();
    if (subject == null || predicate == null || object == null) {
      return false;
    }
    Node graph = null;
    if (quads && at < end && bytes[at] != '.') {
      graph = resource();
      if (graph == null) {
        return false;
      }
    }
    if (at == end || bytes[at++] != '.') {
      return false;
    }
    skipBlanks();
    if (at != end) {
      return false;
    }
    if (graph == null) {
      sink.triple(Triple.create(subject, predicate, object));
    } else {
      sink.quad(Quad.create(graph, subject, predicate, object));
    }
    return true;
  }

  private void skipBlanks() {
    while (at < end && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r')) {
      at++;
    }
  }

  private @Nullable Node resource() {
    return at < end && bytes[at] == '_' ? blank() : iri();
  }

  /// `_:` and letters and digits.
  private @Nullable Node blank() {
    if (at + 2 >= end || bytes[at + 1] != ':') {
      return null;
    }
    int from = at + 2;
    int to = from;
    while (to < end && IriText.isLetterOrDigit(bytes[to])) {
      to++;
    }
    boolean isWhole = to > from && to < end && (bytes[to] == ' ' || bytes[to] == '\t');
    if (!isWhole) {
      return null;
    }
    at = to;
    skipBlanks();
    return NodeFactory.createBlankNode(
        new String(bytes, from, to - from, StandardCharsets.US_ASCII));
  }

  private @Nullable Node iri() {
    if (at == end || bytes[at] != '<') {
      return null;
    }
    int from = at + 1;
    int to = from;
    while (to < end && bytes[to] != '>') {
      to++;
    }
    if (to == end) {
      return null;
    }
    int slot = (int) (BytesHash.of(bytes, from, to - from) >>> 32) & (KNOWN - 1);
    Known entry = known[slot];
    if (entry == null || !Arrays.equals(bytes, from, to, entry.iri, 0, entry.iri.length)) {
      if (!iris.isPlain(bytes, from, to)) {
        return null;
      }
      byte[] iri = Arrays.copyOfRange(bytes, from, to);
      entry = new Known(iri, NodeFactory.createURI(new String(iri, StandardCharsets.US_ASCII)));
      known[slot] = entry;
    }
    at = to + 1;
    skipBlanks();
    return entry.node;
  }

  private @Nullable Node object() {
    return at < end && bytes[at] == '"' ? literal() : resource();
  }

  private @Nullable Node literal() {
    int from = at + 1;
    int to = from;
    boolean escapes = false;
    while (to < end && bytes[to] != '"') {
      escapes |= bytes[to] == '\\';
      to += bytes[to] == '\\' ? 2 : 1;
    }
    if (to >= end) {
      return null;
    }
    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    if (text.indexOf('\uFFFD') >= 0 || (escapes && hasUnusualEscape(text))) {
      return null;
    }
    String lexical = escapes ? text.translateEscapes() : text;
    at = to + 1;
    if (at + 1 < end && bytes[at] == '^' && bytes[at + 1] == '^') {
      at += 2;
      Node datatype = iri();
      return datatype == null ? null : typed(lexical, datatype.getURI());
    }
    if (at < end && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '.')) {
      skipBlanks();
      return NodeFactory.createLiteralString(lexical);
    }
    return at < end && bytes[at] == '@' ? inLanguage(lexical) : null;
  }

  /// Whether there is one but `\t \b \n \r \f \" \' \\`.
  private static boolean hasUnusualEscape(String text) {
    for (int i = text.indexOf('\\'); i >= 0; i = text.indexOf('\\', i + 2)) {
      if (i + 1 == text.length() || "tbnrf\"'\\".indexOf(text.charAt(i + 1)) < 0) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Node typed(String lexical, String datatype) {
    if (datatype.startsWith("http://www.w3.org/1999/02/22-rdf-syntax-ns#")) {
      return null;
    }
    RDFDatatype type = TypeMapper.getInstance().getSafeTypeByName(datatype);
    return NodeFactory.createLiteralDT(lexical, type);
  }

  /// A language of two or three small letters.
  private @Nullable Node inLanguage(String lexical) {
    int from = at + 1;
    int to = from;
    while (to < end && bytes[to] >= 'a' && bytes[to] <= 'z') {
      to++;
    }
    boolean isPlain = to < end && (bytes[to] == ' ' || bytes[to] == '\t') && to - from <= 3;
    if (!isPlain || to - from < 2) {
      return null;
    }
    String language = new String(bytes, from, to - from, StandardCharsets.US_ASCII);
    at = to;
    skipBlanks();
    return NodeFactory.createLiteralLang(lexical, language);
  }

  // ---- All other lines

  private void readOthers() {
    if (otherCount == 0) {
      return;
    }
    byte[] text = others.toByteArray();
    int count = otherCount;
    others.reset();
    otherCount = 0;
    try {
      riot(text, 0, text.length);
    } catch (QueryException | RiotException oneIsBad) {
      for (int i = 0; i < count; i++) {
        readOther(text, otherStarts[i], otherStarts[i + 1], otherLines[i]);
      }
    }
  }

  private void readOther(byte[] text, int from, int to, long number) {
    try {
      riot(text, from, to);
    } catch (QueryException | RiotException bad) {
      String reason = bad instanceof QueryException known ? known.message() : bad.getMessage();
      badRows.reject(number, String.valueOf(reason));
    }
  }

  /// Hands over all of a text or, when it throws, nothing.
  private void riot(byte[] text, int from, int to) {
    Collected collected = new Collected();
    RDFParser.source(new ByteArrayInputStream(text, from, to - from))
        .lang(quads ? Lang.NQUADS : Lang.NTRIPLES)
        .strict(true)
        .labelToNode(LabelToNode.createUseLabelAsGiven())
        .errorHandler(new RdfFaults(""))
        .parse(collected);
    collected.triples.forEach(sink::triple);
    collected.quads.forEach(sink::quad);
  }

  private static final class Collected extends StreamRDFBase {
    private final List<Triple> triples = new ArrayList<>();
    private final List<Quad> quads = new ArrayList<>();

    @Override
    public void triple(Triple triple) {
      triples.add(triple);
    }

    @Override
    public void quad(Quad quad) {
      quads.add(quad);
    }
  }

  /// Which IRIs need no closer look.
  private static final class IriText {
    private final boolean[] plain = new boolean[128];

    IriText() {
      for (char c = 0; c < 128; c++) {
        plain[c] = isLetterOrDigit((byte) c) || "-._~/?=&+,;:@#".indexOf(c) >= 0;
      }
    }

    static boolean isLetterOrDigit(byte c) {
      return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    /// `http://` or `https://`, a host of letters, digits, dots and hyphens, and then plain
    /// characters with at most one `#`.
    boolean isPlain(byte[] bytes, int from, int to) {
      int scheme = from + HTTP.length;
      if (to - from < 9 || !Arrays.equals(bytes, from, scheme, HTTP, 0, HTTP.length)) {
        return false;
      }
      int host = bytes[scheme] == 's' ? scheme + 1 : scheme;
      if (bytes[host] != ':' || bytes[host + 1] != '/' || bytes[host + 2] != '/') {
        return false;
      }
      int next = host + 3;
      while (next < to && isHost(bytes[next])) {
        next++;
      }
      boolean hasHost = next > host + 3 && isLetterOrDigit(bytes[host + 3]);
      if (!hasHost || (next < to && bytes[next] != '/' && bytes[next] != '#')) {
        return false;
      }
      int hashes = 0;
      for (; next < to; next++) {
        byte c = bytes[next];
        if (c < 0 || !plain[c]) {
          return false;
        }
        hashes += c == '#' ? 1 : 0;
      }
      return hashes <= 1;
    }

    private static boolean isHost(byte c) {
      return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '.' || c == '-';
    }
  }
}
