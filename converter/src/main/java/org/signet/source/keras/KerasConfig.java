package org.signet.source.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.signet.diag.Code;
import org.signet.diag.SignetException;

/**
 * The settings of a layer as its file says them. A setting that is {@code null} counts as missing.
 *
 * @param owner the layer, for messages
 * @param json the settings
 */
record KerasConfig(String owner, JsonObject json) {
  /** What is wrong with these settings. */
  SignetException malformed(String message) {
    return SignetException.of(Code.MALFORMED_GRAPH, "layer '" + owner + "': " + message);
  }

  Optional<JsonElement> find(String name) {
    return Optional.ofNullable(json.get(name))
        .filter(value -> !value.isJsonNull())
        .map(KerasConfig::withoutTuple);
  }

  /** HDF5 files tell tuples from lists. */
  private static JsonElement withoutTuple(JsonElement value) {
    return value instanceof JsonObject object
            && object.get("class_name") instanceof JsonPrimitive name
            && name.getAsString().equals("__tuple__")
            && object.get("items") instanceof JsonArray items
        ? items
        : value;
  }

  boolean has(String name) {
    return find(name).isPresent();
  }

  private JsonElement get(String name) {
    return find(name).orElseThrow(() -> malformed("its setting '" + name + "' is missing"));
  }

  private JsonPrimitive primitive(String name, JsonElement value) {
    if (value instanceof JsonPrimitive primitive) {
      return primitive;
    }
    throw malformed("its setting '" + name + "' should be a single value, not " + value);
  }

  int getInt(String name) {
    return toInt(name, get(name));
  }

  int getInt(String name, int fallback) {
    return has(name) ? getInt(name) : fallback;
  }

  private int toInt(String name, JsonElement value) {
    try {
      double number = primitive(name, value).getAsDouble();
      if (number == Math.rint(number) && Math.abs(number) <= Integer.MAX_VALUE) {
        return (int) number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw malformed("its setting '" + name + "' should be a whole number, not " + value);
  }

  double getDouble(String name) {
    JsonElement value = get(name);
    try {
      return primitive(name, value).getAsDouble();
    } catch (NumberFormatException e) {
      throw malformed("its setting '" + name + "' should be a number, not " + value);
    }
  }

  double getDouble(String name, double fallback) {
    return has(name) ? getDouble(name) : fallback;
  }

  boolean getBoolean(String name, boolean fallback) {
    return has(name) ? primitive(name, get(name)).getAsBoolean() : fallback;
  }

  String getString(String name) {
    return primitive(name, get(name)).getAsString();
  }

  String getString(String name, String fallback) {
    return has(name) ? getString(name) : fallback;
  }

  /** A list of whole numbers; a single one is a list of one. */
  int[] getInts(String name) {
    JsonElement value = get(name);
    return value instanceof JsonArray array
        ? array.asList().stream().mapToInt(item -> toInt(name, item)).toArray()
        : new int[] {toInt(name, value)};
  }

  /**
   * {@code count} whole numbers; a single one stands for all of them.
   *
   * @param fallback all of them where the setting is missing
   */
  int[] getInts(String name, int count, int fallback) {
    int[] values = has(name) ? getInts(name) : new int[] {fallback};
    if (values.length == 1 && count != 1) {
      int[] all = new int[count];
      Arrays.fill(all, values[0]);
      return all;
    }
    if (values.length != count) {
      throw malformed(
          "its setting '" + name + "' should be " + count + " numbers, not " + values.length);
    }
    return values;
  }

  /** The same of sizes, strides and the like, none of which may be below 1. */
  int[] getSizes(String name, int count, int fallback) {
    int[] sizes = getInts(name, count, fallback);
    for (int size : sizes) {
      if (size < 1) {
        throw malformed("its setting '" + name + "' should be at least 1, not " + size);
      }
    }
    return sizes;
  }

  /**
   * One of some words.
   *
   * @param fallback the one that a missing setting stands for
   */
  String getChoice(String name, String fallback, String... others) {
    String value = getString(name, fallback);
    List<String> choices = new ArrayList<>(List.of(others));
    choices.addFirst(fallback);
    if (!choices.contains(value)) {
      throw malformed(
          "its setting '"
              + name
              + "' should be one of "
              + String.join(", ", choices)
              + ", not "
              + value);
    }
    return value;
  }

  /** Settings within the settings. */
  KerasConfig getConfig(String name) {
    if (get(name) instanceof JsonObject object) {
      return new KerasConfig(owner, object);
    }
    throw malformed("its setting '" + name + "' should be an object");
  }

  /** The objects of a list. */
  List<JsonObject> getObjects(String name) {
    List<JsonObject> objects = new ArrayList<>();
    if (get(name) instanceof JsonArray array) {
      for (JsonElement item : array) {
        if (item instanceof JsonObject object) {
          objects.add(object);
        }
      }
      if (objects.size() == array.size()) {
        return objects;
      }
    }
    throw malformed("its setting '" + name + "' should be a list of objects");
  }

  /** Whether the data are [batch, channels, ...] rather than [batch, ..., channels]. */
  boolean channelsFirst() {
    return getChoice("data_format", "channels_last", "channels_first").equals("channels_first");
  }
}
