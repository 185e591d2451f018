package org.signet.pass.tf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.Origin;
import org.signet.diag.SignetException;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Node;
import org.signet.ir.StateHandles;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.source.ModelFiles;
import org.signet.source.VariableReader;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * The lookup tables of a model. Every graph that uses one makes a handle of its own by name, as the
 * model file wants it; here that is the newest form of TensorFlow's ops on resources, whatever the
 * source uses. Files are read and become constants.
 */
final class Tables {
  /** The ops that make a table, and the ones that make the same table by name. */
  private static final Map<String, String> HANDLES =
      Map.ofEntries(
          Map.entry("AnonymousHashTable", "HashTableV2"),
          Map.entry("AnonymousMutableDenseHashTable", "MutableDenseHashTableV2"),
          Map.entry("AnonymousMutableHashTable", "MutableHashTableV2"),
          Map.entry("AnonymousMutableHashTableOfTensors", "MutableHashTableOfTensorsV2"),
          Map.entry("HashTable", "HashTableV2"),
          Map.entry("HashTableV2", "HashTableV2"),
          Map.entry("MutableDenseHashTableV2", "MutableDenseHashTableV2"),
          Map.entry("MutableHashTable", "MutableHashTableV2"),
          Map.entry("MutableHashTableOfTensors", "MutableHashTableOfTensorsV2"),
          Map.entry("MutableHashTableOfTensorsV2", "MutableHashTableOfTensorsV2"),
          Map.entry("MutableHashTableV2", "MutableHashTableV2"));

  /** The ops that fill a table. */
  static final Set<String> FILLING =
      Set.of(
          "InitializeTable",
          "InitializeTableFromTextFile",
          "InitializeTableFromTextFileV2",
          "InitializeTableV2",
          "LookupTableImport",
          "LookupTableImportV2");

  private static final OpKey FIND = OpKey.tf("LookupTableFindV2");
  private static final OpKey IMPORT = OpKey.tf("LookupTableImportV2");
  private static final OpKey INSERT = OpKey.tf("LookupTableInsertV2");
  private static final OpKey EXPORT = OpKey.tf("LookupTableExportV2");
  private static final OpKey REMOVE = OpKey.tf("LookupTableRemoveV2");
  private static final OpKey SIZE = OpKey.tf("LookupTableSizeV2");

  private final ModelFiles files;
  private final VariableReader checkpoint;
  private final IdentityHashMap<Value, Table> tables = new IdentityHashMap<>();
  private final Map<String, Table> byName = new LinkedHashMap<>();
  private final GraphHandles handles = new GraphHandles();
  private final GraphBuilder initialization;

  /** The static tables that the initialization fills. */
  private final Set<String> filled = new HashSet<>();

  /**
   * @param initialization builds what runs once in a session, before any signature
   */
  Tables(ModelFiles files, VariableReader checkpoint, GraphBuilder initialization) {
    this.files = files;
    this.checkpoint = checkpoint;
    this.initialization = initialization;
  }

  /**
   * A table.
   *
   * @param node the op that makes it, in the source
   * @param op the op that makes its handle
   * @param operands what that op takes: constants
   * @param key the type of one key
   * @param value the type of one value
   */
  private record Table(
      String node,
      String op,
      Attributes attributes,
      List<Value> operands,
      TensorType key,
      TensorType value) {
    boolean isStatic() {
      return op.equals("HashTableV2");
    }

    boolean isDense() {
      return op.equals("MutableDenseHashTableV2");
    }
  }

  /** Whether {@code op} makes a table. */
  static boolean makes(String op) {
    return HANDLES.containsKey(op);
  }

  /** Whether {@code op} does something with a table, rather than hand it on. */
  static boolean uses(String op) {
    return op.startsWith("LookupTable") || op.startsWith("InitializeTable");
  }

  boolean isTable(Value value) {
    return tables.containsKey(value);
  }

  /**
   * The table that a node makes.
   *
   * @param place where the node stands, a name of its own; a table without a name is shared by
   *     nobody else
   * @throws SignetException if it depends on what is computed when the model runs
   */
  Value make(String op, Attributes attributes, List<Value> operands, String place, Origin origin) {
    if (!operands.stream().allMatch(Value.Constant.class::isInstance)) {
      throw refused(
          "the empty or the deleted key of the table '" + place + "' is computed", origin);
    }
    Attributes named = StateHandles.named(attributes.without("use_node_name_sharing"), place);
    Table table =
        new Table(
            place,
            HANDLES.getOrDefault(op, op),
            named,
            operands,
            keyType(attributes, operands),
            valueType(attributes));
    Table known = byName.putIfAbsent(StateHandles.name(named), table);
    if (known != null && (!known.op().equals(table.op()) || !known.key().equals(table.key()))) {
      throw refused(
          "two tables of different types have the name '" + named.getString("shared_name") + "'",
          origin,
          "give each a shared_name of its own");
    }
    TensorType handle = TensorType.of(DType.RESOURCE);
    Value.Resource resource = new Value.Resource(place, handle, table.value());
    tables.put(resource, table);
    return resource;
  }

  /**
   * The results of an op whose first operand is a table.
   *
   * @param always whether the op runs in each call, being in no branch and no loop
   * @throws SignetException if the op has no place in a model file
   */
  List<Value> apply(
      String op,
      Attributes attributes,
      List<Value> operands,
      GraphBuilder builder,
      boolean always,
      String name,
      Origin origin) {
    Table table = tables.get(operands.getFirst());
    if (table == null) {
      throw new IllegalStateException("no table: " + operands.getFirst());
    }
    Use use = new Use(table, operands, builder, name, origin);
    return switch (op) {
      case "LookupTableFind", "LookupTableFindV2" ->
          add(use, FIND, types("Tin", "Tout", table), List.of(use.found()));
      case "LookupTableSize", "LookupTableSizeV2" ->
          add(use, SIZE, Attributes.NONE, List.of(TensorType.of(DType.INT64)));
      case "LookupTableInsert", "LookupTableInsertV2" ->
          add(use, INSERT, types("Tin", "Tout", table), List.of());
      case "LookupTableRemoveV2" ->
          add(use, REMOVE, Attributes.of("Tin", table.key().dtype()), List.of());
      case "LookupTableExport", "LookupTableExportV2" ->
          add(use, EXPORT, types("Tkeys", "Tvalues", table), exported(table));
      case "LookupTableImport", "LookupTableImportV2", "InitializeTable", "InitializeTableV2" ->
          fill(use, operands.get(1), operands.get(2), always);
      case "InitializeTableFromTextFile", "InitializeTableFromTextFileV2" ->
          fill(use, read(table, attributes, operands.get(1), builder, origin), always);
      default ->
          throw refused(
              op + " works on the table '" + table.node() + "', which no model file can say",
              origin);
    };
  }

  private static SignetException refused(String what, Origin origin, String... hints) {
    return new SignetException(Diagnostic.error(Code.OP_NOT_CONVERTIBLE, what, hints).at(origin));
  }

  private static Attributes types(String key, String value, Table table) {
    return Attributes.of(key, table.key().dtype(), value, table.value().dtype());
  }

  private static List<TensorType> exported(Table table) {
    return exported(table.key(), table.value(), table.isDense());
  }

  /** The types of all keys and of all values of the table that a handle refers to. */
  static List<TensorType> exportedTypes(Node handle) {
    return exported(
        keyType(handle.attributes(), handle.operands()),
        valueType(handle.attributes()),
        !handle.operands().isEmpty());
  }

  private static List<TensorType> exported(TensorType key, TensorType value, boolean isDense) {
    Shape keys = Shape.of(Shape.UNKNOWN);
    Shape values = join(keys, value.shape());
    if (isDense) {
      keys = Shape.of(Shape.UNKNOWN, elements(key.shape()));
      values = Shape.of(Shape.UNKNOWN, elements(value.shape()));
    }
    return List.of(key.withShape(keys), value.withShape(values));
  }

  private static TensorType keyType(Attributes attributes, List<Value> operands) {
    Shape shape = operands.isEmpty() ? Shape.scalar() : operands.getFirst().type().shape();
    return TensorType.of(attributes.getType("key_dtype"), shape);
  }

  private static TensorType valueType(Attributes attributes) {
    Shape shape = attributes.find("value_shape").map(Shape.class::cast).orElse(Shape.scalar());
    return TensorType.of(attributes.getType("value_dtype"), shape);
  }

  private static int elements(Shape shape) {
    return shape.isStatic() ? Math.toIntExact(shape.elements()) : Shape.UNKNOWN;
  }

  static Shape join(Shape outer, Shape inner) {
    if (!outer.hasRank() || !inner.hasRank()) {
      return Shape.unknownRank();
    }
    int[] dims = Arrays.copyOf(outer.dims(), outer.rank() + inner.rank());
    System.arraycopy(inner.dims(), 0, dims, outer.rank(), inner.rank());
    return Shape.of(dims);
  }

  private List<Value> fill(Use use, Value keys, Value values, boolean always) {
    Optional<Tensor> knownKeys = use.builder().constantValue(keys);
    Optional<Tensor> knownValues = use.builder().constantValue(values);
    return use.table().isStatic() && knownKeys.isPresent() && knownValues.isPresent()
        ? fill(use, new TableEntries(knownKeys.get(), knownValues.get()), always)
        : add(use.with(keys, values), IMPORT, types("Tin", "Tout", use.table()), List.of());
  }

  /**
   * Fills a table with what is known at conversion. A static one can be filled once only, so that
   * the initialization does it for every op that always runs.
   */
  private List<Value> fill(Use use, TableEntries entries, boolean always) {
    Table table = use.table();
    TableEntries distinct =
        table.isStatic() ? entries.distinct(table.node(), use.origin()) : entries;
    if (!table.isStatic() || !always) {
      put(IMPORT, distinct, use);
    } else if (filled.add(StateHandles.name(table.attributes()))) {
      put(IMPORT, distinct, new Use(table, List.of(), initialization, use.name(), use.origin()));
    }
    return List.of();
  }

  private void put(OpKey op, TableEntries entries, Use use) {
    Value keys = use.builder().constant(use.name() + "/keys", entries.keys());
    Value values = use.builder().constant(use.name() + "/values", entries.values());
    add(use.with(keys, values), op, types("Tin", "Tout", use.table()), List.of());
  }

  private TableEntries read(
      Table table, Attributes attributes, Value path, GraphBuilder builder, Origin origin) {
    Tensor name =
        builder
            .constantValue(path)
            .filter(known -> known.dtype() == DType.STRING && known.size() == 1)
            .orElseThrow(
                () -> refused("the file of the table '" + table.node() + "' is computed", origin));
    byte[] content = files.read(name.getString(0), origin);
    TableFile file = new TableFile(name.getString(0), attributes, origin);
    return file.parse(content, table.key().dtype(), table.value().dtype());
  }

  /** The handle of a table in a graph. */
  private Value handle(Table table, GraphBuilder builder, Origin origin) {
    OpKey op = OpKey.tf(table.op());
    return handles.get(op, table.attributes(), table.operands(), builder, table.node(), origin);
  }

  /**
   * Nodes that fill the tables with what the checkpoint holds of them.
   *
   * @param used the tables that signatures or the initialization use, as {@link SessionState} names
   *     them
   */
  List<Node> restored(Set<String> used, GraphBuilder builder) {
    for (Table table : byName.values()) {
      Optional<VariableReader.TableContents> contents = checkpoint.table(table.node());
      if (contents.isPresent()
          && used.contains(SessionState.table(StateHandles.name(table.attributes())))) {
        TableEntries entries = live(table, contents.get(), builder);
        if (entries.keys().size() > 0) {
          Origin origin = Origin.ofNode(table.node());
          put(INSERT, entries, new Use(table, List.of(), builder, table.node(), origin));
        }
      }
    }
    return builder.build(List.of()).nodes();
  }

  /**
   * @param nodes those of the initialization and of the signatures
   * @throws SignetException if a static table is used that none of them fills
   */
  void requireFilled(Set<String> used, Stream<Node> nodes) {
    Set<String> filled = new HashSet<>();
    nodes.forEach(node -> collectFilled(node, filled));
    for (Table table : byName.values()) {
      String name = SessionState.table(StateHandles.name(table.attributes()));
      if (table.isStatic() && used.contains(name) && !filled.contains(name)) {
        throw new SignetException(
            Diagnostic.error(
                    Code.VARIABLE_WITHOUT_VALUE,
                    "the table '" + table.node() + "' is never filled",
                    "save the model with the op that initialises its tables")
                .at(Origin.ofNode(table.node())));
      }
    }
  }

  private static void collectFilled(Node node, Set<String> filled) {
    if (node.op().equals(IMPORT)) {
      SessionState.referred(node.operand(0)).ifPresent(filled::add);
    }
    node.bodies().forEach(body -> body.nodes().forEach(inner -> collectFilled(inner, filled)));
  }

  /** The entries without the empty buckets that a dense table is saved with. */
  private static TableEntries live(
      Table table, VariableReader.TableContents contents, GraphBuilder builder) {
    TableEntries entries =
        new TableEntries(
            FrozenVariables.tensor(contents.keys()), FrozenVariables.tensor(contents.values()));
    if (!table.isDense()) {
      return entries;
    }
    List<Tensor> marks = new ArrayList<>();
    table.operands().forEach(mark -> builder.constantValue(mark).ifPresent(marks::add));
    return entries.without(marks, table.key().shape().dims(), table.value().shape().dims());
  }

  private List<Value> add(Use use, OpKey op, Attributes attributes, List<TensorType> types) {
    List<Value> all = new ArrayList<>(use.operands());
    all.set(0, handle(use.table(), use.builder(), use.origin()));
    return use.builder().add(op, attributes, all, types, use.name(), use.origin());
  }

  /** A use of a table by an op. */
  private record Use(
      Table table, List<Value> operands, GraphBuilder builder, String name, Origin origin) {
    Use with(Value keys, Value values) {
      return new Use(table, List.of(Value.ABSENT, keys, values), builder, name, origin);
    }

    /** The type of the values of the keys in operand 1. */
    TensorType found() {
      Shape keys = operands.get(1).type().shape();
      Shape key = table.key().shape();
      if (!keys.hasRank() || !key.hasRank() || keys.rank() < key.rank()) {
        return table.value().withShape(Shape.unknownRank());
      }
      Shape outer = Shape.of(Arrays.copyOf(keys.dims(), keys.rank() - key.rank()));
      return table.value().withShape(join(outer, table.value().shape()));
    }
  }
}
