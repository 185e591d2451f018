package org.signet.diag;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.signet.diag.RefusedOp.Decline;

class DiagnosticLinesTest {
  private static Diagnostic refused(String op, String node, String... reasons) {
    List<Decline> declines = new ArrayList<>();
    for (String reason : reasons) {
      declines.add(new Decline("SomeLowering", reason));
    }
    return Diagnostic.error(Code.FLEX_FORBIDDEN, "no " + op, "do B")
        .at(new Origin("s", "", node))
        .refusing(new RefusedOp(op, declines));
  }

  private static List<String> lines(Diagnostic... diagnostics) {
    return DiagnosticLines.of(List.of(diagnostics), "see below");
  }

  @Test
  void diagnosticsThatDifferInPlaceMakeOneLine() {
    Diagnostic one = Diagnostic.error(Code.FLEX_FORBIDDEN, "no A", "do B");
    assertThat(
            lines(
                one.at(new Origin("s", "", "n1")),
                Diagnostic.warning(Code.FLEX_OP_KEPT, "a C"),
                one.at(new Origin("s", "", "n2")),
                one.at(new Origin("s", "", "n3")),
                one.at(new Origin("t", "", "n4"))))
        .containsExactly(
            "SIG-0402 no A (4 times, first signature 's', node 'n1'; signature 's', node 'n2'; signature 's', node 'n3'); do B",
            "warning: SIG-0408 a C");
  }

  @Test
  void theLineOfTheProgramIsPartOfThePlace() {
    Origin origin = new Origin("s", "f", "n").withLine(new SourceLine("model.py", 8, "score"));
    assertThat(Diagnostic.note(Code.EFFECT_DROPPED, "no Print").at(origin))
        .hasToString(
            "note: SIG-0409 no Print (signature 's', function 'f', node 'n', made at model.py:8 in score)");
  }

  @Test
  void anOpThatIsRefusedForSeveralReasonsMakesOneLine() {
    assertThat(
            lines(
                refused("A", "n1", "too wide", "too wide", "too high"),
                refused("A", "n2", "too deep"),
                refused("A", "n3", "too deep")))
        .containsExactly(
            "SIG-0402 no A: too wide; too high [1], too deep [2] (3 times: signature 's', node 'n1'; signature 's', node 'n2'; signature 's', node 'n3'); do B");
    assertThat(
            lines(
                    refused("A", "n", "1"),
                    refused("A", "n", "2"),
                    refused("A", "n", "3"),
                    refused("A", "n", "4"),
                    refused("A", "n", "5"))
                .getFirst())
        .startsWith("SIG-0402 no A: 1 [1], 2 [1], 3 [1], 2 reasons more (5 times");
  }

  @Test
  void thereAreNeverMoreLinesThanFit() {
    List<Diagnostic> many = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      many.add(refused("Op" + i, "a"));
      many.add(refused("Op" + i, "b"));
    }
    List<String> lines = DiagnosticLines.of(many, "all of them elsewhere");
    assertThat(lines).hasSize(40);
    assertThat(lines.get(38)).startsWith("SIG-0402 no Op38 (2 times: ");
    assertThat(lines.get(39))
        .isEqualTo("SIG-0402 and 122 more of 61 other kinds; all of them elsewhere");
    assertThat(DiagnosticLines.of(many.subList(0, 80), ""))
        .hasSize(40)
        .last()
        .asString()
        .contains("Op39");
    assertThat(String.valueOf(new SignetException(many).getMessage()).lines()).hasSize(40);
    assertThat(new SignetException(many).diagnostics()).hasSize(200);
  }

  @Test
  void namesMoveNoCursorAndTurnNoText() {
    assertThat(lines(refused("A\n\u001b[31m\u009bB", "\u202en\r漢")))
        .containsExactly("SIG-0402 no A ?[31m?B (signature 's', node '?n 漢'); do B");
  }

  @Test
  void longNamesLoseTheirMiddle() {
    String path = "/" + "folder/".repeat(1000) + "model.py";
    String name = "\ud83d\ude00".repeat(5000);
    Origin origin = new Origin("s", "f", name).withLine(new SourceLine(path, 8, "score"));
    String line = Diagnostic.note(Code.EFFECT_DROPPED, "no Print").at(origin).toString();
    assertThat(line)
        .hasSizeLessThan(1000)
        .contains("\ud83d\ude00\ud83d\ude00…\ud83d\ude00")
        .contains("/folder/folder/")
        .contains("/model.py:8 in score");
  }
}
