package org.signet.cli;

import java.util.ArrayList;
import java.util.List;
import org.signet.source.GraphEndpoints;

/**
 * {@code --feeds} and {@code --fetches}, which make a signature; with several {@code --key}, one
 * each. And {@code --feed} and {@code --fetch}, which make one to be run at once.
 */
final class EndpointFlags {
  /** The key of a signature that is given none. */
  private static final String DEFAULT_KEY = "serving_default";

  private EndpointFlags() {}

  /**
   * The signatures to make; empty for those that the source has.
   *
   * @throws org.signet.diag.SignetException USAGE
   */
  static List<GraphEndpoints> of(Arguments arguments) {
    boolean feedsNow = arguments.has(Flags.FEED) || arguments.has(Flags.FETCH);
    boolean named = arguments.has(Flags.FEEDS) || arguments.has(Flags.FETCHES);
    List<String> keys = arguments.values(Flags.KEY);
    if (feedsNow) {
      return List.of(feedsNow(arguments, named || !keys.isEmpty()));
    }
    if (!named) {
      if (!keys.isEmpty()) {
        throw arguments.usage(
            "--key names a signature of --feeds and --fetches, which are missing; for a function it is --function KEY=PATH");
      }
      return List.of();
    }
    if (keys.size() < 2) {
      Group only = new Group(keys.isEmpty() ? DEFAULT_KEY : keys.getFirst());
      only.feeds.addAll(arguments.values(Flags.FEEDS));
      only.fetches.addAll(arguments.values(Flags.FETCHES));
      return List.of(only.endpoints());
    }
    return groups(arguments);
  }

  private static GraphEndpoints feedsNow(Arguments arguments, boolean others) {
    if (others || arguments.has(Flags.SIGNATURE) || arguments.has(Flags.FUNCTION)) {
      throw arguments.usage(
          "--feed and --fetch say all that is to be run: leave out --feeds, --fetches, --key, --signature and --function");
    }
    List<String> feeds = new ArrayList<>();
    for (String feed : arguments.values(Flags.FEED)) {
      feeds.add(feedTensor(feed, arguments));
    }
    List<String> fetches = ConversionFlags.list(arguments.values(Flags.FETCH));
    return new GraphEndpoints(DEFAULT_KEY, feeds, fetches);
  }

  /** What stands before the equals sign. */
  static String feedTensor(String feed, Arguments arguments) {
    int equals = feed.indexOf('=');
    if (equals < 0) {
      throw arguments.usage("--feed " + feed + " is not TENSOR=VALUE");
    }
    return feed.substring(0, equals);
  }

  private static List<GraphEndpoints> groups(Arguments arguments) {
    List<Group> groups = new ArrayList<>();
    for (Arguments.Given given : arguments.inOrder()) {
      if (given.is(Flags.KEY)) {
        groups.add(new Group(given.value()));
      } else if (given.is(Flags.FEEDS) || given.is(Flags.FETCHES)) {
        if (groups.isEmpty()) {
          throw arguments.usage("with several --key, each comes before its --feeds and --fetches");
        }
        Group group = groups.getLast();
        (given.is(Flags.FEEDS) ? group.feeds : group.fetches).add(given.value());
      }
    }
    return groups.stream().map(Group::endpoints).toList();
  }

  /** A key, and what follows it. */
  private static final class Group {
    private final String key;
    private final List<String> feeds = new ArrayList<>();
    private final List<String> fetches = new ArrayList<>();

    Group(String key) {
      this.key = key;
    }

    GraphEndpoints endpoints() {
      return new GraphEndpoints(key, ConversionFlags.list(feeds), ConversionFlags.list(fetches));
    }
  }
}
