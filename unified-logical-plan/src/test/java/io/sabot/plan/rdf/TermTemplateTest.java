package io.sabot.plan.rdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TermTemplateTest {
  private static TermTemplate iri(String... texts) {
    return new TermTemplate(List.of(texts), true);
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    TermTemplate template = iri("http://x/", "/", ";k=", "#end");
    for (List<String> values :
        List.of(
            List.of("a", "b", "c"),
            List.of("", "", ""),
            List.of("a/b", "50%", "é ü+*"),
            List.of("植物", "-._~", "\u0001\uD83D\uDE00"))) {
      assertThat(template.parse(template.write(values))).isEqualTo(values);
    }
  }

  @Test
  void aValueHasOneSpelling() {
    TermTemplate template = iri("http://x/", "");
    assertThat(template.parse("http://x/a%20b")).isEqualTo(List.of("a b"));
    assertThat(template.parse("http://x/a b")).isNull();
    assertThat(template.parse("http://x/%61")).isNull();
    assertThat(template.parse("http://x/%2f")).isNull();
    assertThat(template.parse("http://x/%2F")).isEqualTo(List.of("/"));
    assertThat(template.parse("http://x/a/b")).isNull();
    assertThat(template.parse("http://x/%F")).isNull();
    assertThat(template.parse("http://y/a")).isNull();
  }

  @Test
  void valuesMayRunTogether() {
    assertThat(iri("http://x/", "/", "").isUnambiguous()).isTrue();
    assertThat(iri("http://x/", "-", "").isUnambiguous()).isFalse();
    assertThat(iri("http://x/", "", "").isUnambiguous()).isFalse();
    assertThat(iri("http://x/", "-end").isUnambiguous()).isTrue();
    assertThat(new TermTemplate(List.of("", " ", ""), false).isUnambiguous()).isFalse();
  }

  @Test
  void templatesMeetWhereSomeTextFitsBoth() {
    assertThat(iri("http://x/a/", "").mayMeet(iri("http://x/b/", ""))).isFalse();
    assertThat(iri("http://x/", "").mayMeet(iri("http://x/b/", ""))).isFalse();
    assertThat(iri("http://x/", "").mayMeet(iri("http://x/b-", ""))).isTrue();
    assertThat(iri("http://x/", "/c").mayMeet(iri("http://x/", "/d"))).isFalse();
    assertThat(iri("http://x/", "/", "").mayMeet(iri("http://x/7/", ""))).isTrue();
    assertThat(iri("http://x/", "").mayMeet(TermTemplate.of("http://x/7"))).isTrue();
    assertThat(iri("http://x/", "").mayMeet(TermTemplate.of("http://x/7/8"))).isFalse();
    assertThat(iri("http://x/", "").mayMeet(TermTemplate.startingWith("http://"))).isTrue();
    assertThat(iri("http://x/", "").mayMeet(TermTemplate.startingWith("http://y"))).isFalse();
    assertThat(iri("http://x/", "").mayMeet(TermTemplate.startingWith("http://x/a/"))).isFalse();
    assertThat(TermTemplate.of("a").mayMeet(TermTemplate.of("a"))).isTrue();
    assertThat(TermTemplate.of("a").mayMeet(TermTemplate.of("ab"))).isFalse();
  }
}
