package org.signet.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.signet.source.FunctionRequest;
import org.signet.source.GraphEndpoints;

/** Reads which functions and tensors of a source become signatures. */
final class CaseEndpoints {
  /** The key that the only signature of a graph gets. */
  private static final String GRAPH_KEY = "serving_default";

  private CaseEndpoints() {}

  /** {@code functions}, paths by key; or one {@code function} with its {@code index} and key. */
  static List<FunctionRequest> functions(Fields source) {
    List<FunctionRequest> requests = new ArrayList<>();
    source
        .object("functions")
        .strings()
        .forEach((key, path) -> requests.add(new FunctionRequest(key, path, OptionalInt.empty())));
    if (source.has("function")) {
      OptionalInt index =
          source.has("index") ? OptionalInt.of(source.integer("index")) : OptionalInt.empty();
      requests.add(new FunctionRequest(source.string("key", ""), source.string("function"), index));
    }
    return requests;
  }

  /** {@code feeds} and {@code fetches}; or {@code endpoints}, which has both for each key. */
  static List<GraphEndpoints> endpoints(Fields source) {
    List<GraphEndpoints> all = new ArrayList<>();
    if (source.has("fetches")) {
      all.add(one(source.string("key", GRAPH_KEY), source));
    }
    for (Map.Entry<String, Fields> entry : source.object("endpoints").objects().entrySet()) {
      all.add(one(entry.getKey(), entry.getValue()));
    }
    return all;
  }

  private static GraphEndpoints one(String key, Fields fields) {
    return new GraphEndpoints(key, fields.strings("feeds"), fields.strings("fetches"));
  }
}
