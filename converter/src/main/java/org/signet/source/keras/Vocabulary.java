package org.signet.source.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.tensor.Tensor;

/**
 * The tokens of a lookup layer. Their indices start behind those of the mask and of tokens that are
 * not known.
 *
 * @param settings says what the special tokens are
 * @param tokens the others, numbers as Java writes them
 * @param special whether the list, as it was kept, began with the special tokens
 */
record Vocabulary(Settings settings, List<String> tokens, boolean special) {
  private static final String KEY = "vocabulary";

  /**
   * What is special.
   *
   * @param strings whether tokens are strings, not whole numbers
   * @param mask the token that stands for nothing; it has an index only among plain indices
   * @param maskIndices how many indices the mask has
   * @param unknown what stands for any other token
   * @param unknownIndices how many indices other tokens have
   */
  record Settings(
      boolean strings, Optional<String> mask, int maskIndices, String unknown, int unknownIndices) {
    int firstToken() {
      return maskIndices + unknownIndices;
    }

    private List<String> inFront() {
      List<String> tokens = new ArrayList<>();
      mask.ifPresent(token -> tokens.addAll(Collections.nCopies(maskIndices, token)));
      tokens.addAll(Collections.nCopies(unknownIndices, unknown));
      return tokens;
    }
  }

  /** The number of indices. */
  int size() {
    return settings.firstToken() + tokens.size();
  }

  /**
   * Strings or int64.
   *
   * @param some as {@link #tokens} has them
   */
  Tensor tensor(List<String> some) {
    return settings.strings()
        ? Tensor.of(some.toArray(String[]::new))
        : Tensor.of(some.stream().mapToLong(Long::parseLong).toArray());
  }

  /**
   * The vocabulary of a layer, from its settings or from beside the weights.
   *
   * @param nodes where an archive may keep it
   * @throws SignetException if the file does not hold it, or Keras would not take it
   */
  static Vocabulary read(LayerCall call, Settings settings, List<WeightNode> nodes) {
    List<String> all = new ArrayList<>();
    Optional<JsonElement> given = call.config().find(KEY);
    Optional<String> kept =
        nodes.stream().flatMap(node -> call.tracer().vocabulary(node).stream()).findFirst();
    if (given.isPresent()) {
      for (JsonElement item : list(call, given.get())) {
        String token = token(call, item);
        all.add(settings.strings() ? token : number(token));
      }
    } else if (kept.isPresent()) {
      for (String line : lines(kept.get(), call.keras2())) {
        all.add(settings.strings() ? line : number(line));
      }
    } else {
      throw SignetException.of(
          Code.VARIABLE_WITHOUT_VALUE,
          "layer '"
              + call.layer().name()
              + "' ("
              + call.layer().className()
              + ") has no vocabulary in this file",
          "save the model as .keras or SavedModel, since .h5 keeps no vocabulary that adapt() found",
          "give the layer its vocabulary as a list when it is made");
    }
    return checked(call, settings, all);
  }

  private static JsonArray list(LayerCall call, JsonElement json) {
    if (json instanceof JsonArray items) {
      return items;
    }
    throw call.unsupported(
        "its vocabulary is the file "
            + json
            + ", which is no part of the model; give it to the layer as a list");
  }

  private static String token(LayerCall call, JsonElement item) {
    JsonElement plain = item;
    if (item instanceof JsonObject bytes) { // Keras 3 puts the value into a config
      plain = (bytes.get("config") instanceof JsonObject config ? config : bytes).get("value");
    }
    if (plain instanceof JsonPrimitive token) {
      return token.getAsString();
    }
    throw call.config().malformed("its vocabulary holds " + item);
  }

  private static String number(String token) {
    return Long.toString(new BigDecimal(token.strip()).longValueExact());
  }

  /** Python's {@code splitlines} (Keras 3) also splits where a text file has no line's end. */
  private static List<String> lines(String text, boolean keras2) {
    String ends =
        keras2 ? "\\r\\n|\\n|\\r" : "\\r\\n|[\\n\\r\\x0b\\x0c\\x1c-\\x1e\\x85\\u2028\\u2029]";
    List<String> lines = new ArrayList<>(List.of(text.split(ends, -1)));
    while (!keras2 && !lines.isEmpty() && lines.getLast().isEmpty()) {
      lines.removeLast();
    }
    return lines;
  }

  private static Vocabulary checked(LayerCall call, Settings settings, List<String> all) {
    List<String> front = settings.inFront();
    boolean special = all.size() >= front.size() && all.subList(0, front.size()).equals(front);
    List<String> tokens = special ? all.subList(front.size(), all.size()) : all;
    Set<String> seen = new HashSet<>();
    for (String token : tokens) {
      if (!seen.add(token)) {
        throw call.config().malformed("its vocabulary holds '" + token + "' twice");
      }
    }
    if (settings.mask().filter(seen::contains).isPresent()) {
      throw call.config()
          .malformed("its vocabulary holds the mask '" + settings.mask().get() + "'");
    }
    if (tokens.isEmpty()) {
      throw SignetException.of(
          Code.VARIABLE_WITHOUT_VALUE,
          "the vocabulary of layer '" + call.layer().name() + "' is empty",
          "call the layer's adapt() before the model is saved");
    }
    return new Vocabulary(settings, List.copyOf(tokens), special);
  }
}
