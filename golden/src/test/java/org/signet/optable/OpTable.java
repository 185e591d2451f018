package org.signet.optable;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.ir.Node;
import org.signet.kernel.vector.VectorProvider;
import org.signet.lower.Lowerings;
import org.signet.op.OpCase;
import org.signet.op.OpCaseReader;
import org.signet.op.OpCaseReader.LeftOut;
import org.signet.op.OpDefinitions;
import org.signet.op.OpKey;
import org.signet.schema.catalog.BuiltinCatalog;
import org.signet.schema.catalog.BuiltinOp;
import org.signet.schema.catalog.TfOpCatalog;
import org.signet.schema.catalog.TfOpDef;
import org.signet.testing.Knowledge;
import org.signet.testing.OneOpModel;

/**
 * The table of ops as Markdown. It says nothing that was written by hand but the rank of what does
 * not run: the ops come from the definitions and the lowerings; what an op becomes, and for which
 * types, is seen by converting a model of one op for each result that TensorFlow recorded.
 */
final class OpTable {
  private static final int EXAMPLES = 4;

  private static final List<Knowledge> USUAL_FIRST =
      List.of(
          Knowledge.SHAPES_AND_INDICES,
          Knowledge.ALL_BUT_FIRST,
          Knowledge.RANKS_AND_INDICES,
          Knowledge.SHAPES);

  /** Numbers of {@code BuiltinOperator} that stand for something else. */
  private static final Set<String> NO_BUILTINS = Set.of("CUSTOM", "DELEGATE");

  private final TfOpCatalog catalog = TfOpCatalog.standard();
  private final OpDefinitions definitions = OpDefinitions.standard();
  private final Lowerings lowerings = Lowerings.standard();
  private final Map<String, OpUses> uses = new TreeMap<>();
  private final Map<String, Integer> builtinCases = new TreeMap<>();
  private final Map<String, Set<String>> builtinTypes = new TreeMap<>();
  private final List<LeftOut> leftOut;
  private final List<String> unrecorded = new ArrayList<>();
  private final List<String> withoutBuiltins = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private final GoldenUses golden;
  private final Map<String, Integer> recorded;

  /**
   * @param files TensorFlow's recorded results, as {@link OpCaseReader} reads them
   * @param recorded how often TensorFlow ran each op in all recordings
   * @param golden what the golden cases hold
   */
  OpTable(List<Path> files, Map<String, Integer> recorded, GoldenUses golden) {
    this.recorded = recorded;
    this.golden = golden;
    files.stream().flatMap(file -> OpCaseReader.read(file).stream()).forEach(this::count);
    leftOut = files.stream().flatMap(file -> OpCaseReader.leftOut(file).stream()).toList();
    write();
  }

  /** The table as Markdown. */
  String text() {
    return text.toString();
  }

  /**
   * The ops with a lowering, and the builtins with a kernel in LiteRT, of which no result of
   * TensorFlow's is recorded.
   */
  List<String> unrecorded() {
    return List.copyOf(unrecorded);
  }

  /** The ops with a lowering of which no recorded call becomes builtins. */
  List<String> withoutBuiltins() {
    return List.copyOf(withoutBuiltins);
  }

  private void count(OpCase c) {
    if (c.key().isBuiltin()) {
      builtinCases.merge(c.key().name(), 1, Integer::sum);
      if (!c.fails()) {
        builtinTypes.computeIfAbsent(c.key().name(), _ -> new TreeSet<>()).add(OpUses.type(c));
      }
    } else if (c.key().isTf() && !c.fails() && isWhole(c) && isRegistered(c)) {
      convert(c);
    }
  }

  /** Whether the call has the attribute T, which a few that TensorFlow did not run leave out. */
  private boolean isWhole(OpCase c) {
    return c.attributes().has("T") == catalog.get(c.key().name()).attr("T").isPresent();
  }

  /** Of an op of another library only a model has the definition, and a case is none. */
  private boolean isRegistered(OpCase c) {
    return catalog.get(c.key().name()).registered();
  }

  /** Says what becomes of a call, knowing what models usually do, or else what builtins need. */
  private void convert(OpCase c) {
    Optional<OneOpModel.Converted> told = Optional.empty();
    for (Knowledge knowledge : USUAL_FIRST) {
      Optional<OneOpModel.Converted> converted = knowledge.model(c).flatMap(OpTable::converted);
      if (converted.filter(OpTable::isOfBuiltins).isPresent()) {
        told = converted;
        break;
      }
      told = told.or(() -> converted);
    }
    told.ifPresent(found -> add(c, found));
  }

  private void add(OpCase c, OneOpModel.Converted converted) {
    uses.computeIfAbsent(c.key().name(), name -> new OpUses()).add(c, converted);
    converted.graph().nodes().stream()
        .map(Node::op)
        .filter(OpKey::isBuiltin)
        .map(OpKey::name)
        .distinct()
        .forEach(name -> builtinCases.merge(name, 1, Integer::sum));
  }

  private static boolean isOfBuiltins(OneOpModel.Converted converted) {
    return converted.flexUses().isEmpty() && !converted.graph().nodes().isEmpty();
  }

  /** Empty for a type that no model file can hold: such a call is for folding only. */
  private static Optional<OneOpModel.Converted> converted(OneOpModel model) {
    try {
      return Optional.of(model.convert());
    } catch (SignetException e) {
      assertThat(e.code()).isEqualTo(Code.TYPE_NOT_IN_TFLITE);
      return Optional.empty();
    }
  }

  private void write() {
    text.append(
        """
        # Ops

        Written by `OpTableTest` from the definitions, and from models of one op that were converted \
        for each result that TensorFlow recorded. "Types" are those of the first operand in these \
        models; a type that is missing was not recorded, which does not mean that it is refused. "As \
        a Flex op" says for which of them the op stays, whatever is constant among its operands. \
        "Recorded" are the calls that TensorFlow made for such results, those in chains of ops \
        included; "golden" the signatures, branches and loop bodies of the cases in `golden/cases` \
        that hold the op.

        """);
    summary();
    lowered();
    reasons();
    names("Flex ops that the runtime runs", this::isFlexHere);
    names("Ops off the delegate's list that the runtime runs", this::isUnlistedHere);
    remaining();
    builtins();
    withoutMeaning();
  }

  private Stream<TfOpDef> ops() {
    return catalog.names().stream().sorted().map(catalog::get);
  }

  private boolean isLowered(TfOpDef op) {
    return !lowerings.of(op.name()).isEmpty();
  }

  private boolean runs(TfOpDef op) {
    return definitions.find(OpKey.tf(op.name())).isPresent();
  }

  private boolean isRecorded(TfOpDef op) {
    return recorded.containsKey(op.name());
  }

  private boolean isFlexHere(TfOpDef op) {
    return !isLowered(op) && op.flexListed() && runs(op);
  }

  private boolean isUnlistedHere(TfOpDef op) {
    return !isLowered(op) && !op.flexListed() && runs(op);
  }

  private boolean isFlexElsewhere(TfOpDef op) {
    return !isLowered(op) && op.flexListed() && !runs(op);
  }

  private void summary() {
    long listed = ops().filter(TfOpDef::flexListed).count();
    long running = ops().filter(TfOpDef::flexListed).filter(this::runs).count();
    List<BuiltinOp> known = BuiltinCatalog.standard().all();
    List<BuiltinOp> withKernel =
        known.stream()
            .filter(op -> op.maxVersionLiteRt() > 0 && !NO_BUILTINS.contains(op.name()))
            .toList();
    long defined =
        withKernel.stream()
            .filter(op -> definitions.find(OpKey.builtin(op.name())).isPresent())
            .count();
    List<String> controlling =
        withKernel.stream()
            .map(BuiltinOp::name)
            .filter(name -> definitions.find(OpKey.builtin(name)).isEmpty())
            .toList();
    line("- TensorFlow ops with a lowering to builtins: " + ops().filter(this::isLowered).count());
    line(
        "- Ops that the Flex delegate may run: "
            + listed
            + ", of which the runtime runs "
            + running
            + ", "
            + ops().filter(TfOpDef::flexListed).filter(this::runs).filter(this::isRecorded).count()
            + " of them compared with TensorFlow's results");
    line(
        "- Builtins that LiteRT has a kernel for: "
            + withKernel.size()
            + "; "
            + defined
            + " of them are defined here, and the session runs "
            + String.join(", ", controlling));
    line("");
  }

  private void lowered() {
    line("## TensorFlow ops that become builtins");
    line("");
    line("| op | builtins | types | as a Flex op | recorded | golden |");
    line("| --- | --- | --- | --- | --- | --- |");
    ops()
        .filter(this::isLowered)
        .forEach(op -> {
          OpUses seen = uses.getOrDefault(op.name(), new OpUses());
          OpKey key = OpKey.tf(op.name());
          require(key, recorded.getOrDefault(op.name(), 0));
          if (seen.builtins().isEmpty()) {
            withoutBuiltins.add(op.name());
          }
          row(
              op.name(),
              joined(seen.builtins()),
              joined(seen.builtinTypes()),
              runs(op) ? joined(seen.flexTypes()) : "not run here",
              calls(op),
              Integer.toString(golden.of(key)));
        });
    line("");
  }

  /** What lowerings said when they declined, if more than that builtins lack a type. */
  private void reasons() {
    line("## Why these stay Flex ops");
    line("");
    line("Of the types above, where it is not for want of a kernel.");
    line("");
    line("| op | types | why |");
    line("| --- | --- | --- |");
    ops()
        .filter(this::isLowered)
        .forEach(op ->
            uses.getOrDefault(op.name(), new OpUses())
                .reasons()
                .forEach((reason, types) -> {
                  if (!reason.startsWith("no kernel ")) {
                    row(op.name(), joined(types), reason);
                  }
                }));
    line("");
  }

  private void names(String title, Predicate<TfOpDef> which) {
    line("## " + title);
    line("");
    line("| op | types | recorded |");
    line("| --- | --- | --- |");
    ops()
        .filter(which)
        .forEach(op -> {
          OpUses seen = uses.getOrDefault(op.name(), new OpUses());
          row(op.name(), joined(seen.flexTypes()), calls(op));
        });
    line("");
  }

  /** What does not run, by how often models use it, as {@code remaining_flex_ops.tsv} ranks it. */
  private void remaining() {
    line("## Flex ops that only a runtime with the Flex delegate runs");
    line("");
    line("Ranked by how often models use them, and why they do not run here.");
    line("");
    line("| op | why not here |");
    line("| --- | --- |");
    List<String> ranked = new ArrayList<>();
    for (String entry : rankedLines()) {
      String[] cells = entry.split("\t", -1);
      ranked.add(cells[0]);
      row(cells);
    }
    line("");
    assertThat(ranked)
        .containsExactlyInAnyOrderElementsOf(
            ops().filter(this::isFlexElsewhere).map(TfOpDef::name).toList());
  }

  private static List<String> rankedLines() {
    try (InputStream in = OpTable.class.getResourceAsStream("remaining_flex_ops.tsv")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String calls(TfOpDef op) {
    return Integer.toString(recorded.getOrDefault(op.name(), 0));
  }

  private void builtins() {
    Set<String> dense = new TreeSet<>(VectorProvider.standard().ops());
    line("## Builtins");
    line("");
    line("| builtin | newest version | kernels | types | recorded | golden |");
    line("| --- | --- | --- | --- | --- | --- |");
    for (BuiltinOp op : BuiltinCatalog.standard().all()) {
      if (definitions.find(OpKey.builtin(op.name())).isPresent()) {
        OpKey key = OpKey.builtin(op.name());
        int recorded = builtinCases.getOrDefault(op.name(), 0);
        int version = Math.max(op.maxVersion(), op.maxVersionLiteRt());
        require(key, recorded);
        row(
            op.name(),
            Integer.toString(version),
            dense.contains(op.name()) ? "native, vector, reference" : "reference",
            joined(builtinTypes.getOrDefault(op.name(), Set.of())),
            Integer.toString(recorded),
            Integer.toString(golden.of(key)));
      }
    }
  }

  private void withoutMeaning() {
    line("");
    line("## What TFLite's kernels accept, and give numbers without a meaning for");
    line("");
    line(
        "TFLite was asked to run each builtin on each element type ("
            + "`make_sweep_cases.py`). What it accepted is among the calls recorded above, but for"
            + " these: they are refused here, or give what the op's name says.");
    line("");
    line("| builtin | calls | why | such as |");
    line("| --- | --- | --- | --- |");
    for (LeftOut out : leftOut) {
      row(
          out.op(),
          Integer.toString(out.calls().size()),
          out.reason(),
          String.join("; ", out.calls().subList(0, Math.min(EXAMPLES, out.calls().size()))));
    }
  }

  /** Remembers an op of which nothing at all is recorded. */
  private void require(OpKey op, int recorded) {
    if (recorded + golden.of(op) == 0) {
      unrecorded.add(op.toString());
    }
  }

  private void row(String... cells) {
    line("| " + String.join(" | ", cells) + " |");
  }

  private static String joined(Set<String> words) {
    return String.join(", ", words);
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
