package org.signet.schema.catalog;

import java.util.ArrayList;
import java.util.List;

/**
 * An enum of the TFLite schema: constants by name and by number.
 *
 * @param name the enum's name, such as {@code Padding}
 * @param names the constants' names, in the schema's order
 * @param values their numbers
 */
public record SchemaEnum(String name, List<String> names, List<Long> values) {
  public SchemaEnum {
    names = List.copyOf(names);
    values = List.copyOf(values);
  }

  /**
   * The number of a constant.
   *
   * @throws IllegalArgumentException if the enum has no such constant
   */
  public long valueOf(String constant) {
    int index = names.indexOf(constant);
    if (index < 0) {
      throw new IllegalArgumentException(name + " has no constant " + constant);
    }
    return values.get(index);
  }

  /**
   * The name of a number.
   *
   * @throws IllegalArgumentException if the enum has no such number
   */
  public String nameOf(long value) {
    int index = values.indexOf(value);
    if (index < 0) {
      throw new IllegalArgumentException(name + " has no constant with number " + value);
    }
    return names.get(index);
  }

  /** Parses {@code enum <TAB> name <TAB> NAME=value ...}. */
  static SchemaEnum parse(String line) {
    List<String> cells = Lines.split(line, '\t');
    List<String> names = new ArrayList<>();
    List<Long> values = new ArrayList<>();
    for (String cell : cells.subList(2, cells.size())) {
      names.add(Lines.before(cell, '='));
      values.add(Long.valueOf(Lines.after(cell, '=')));
    }
    return new SchemaEnum(cells.get(1), names, values);
  }
}
