using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>Checks the accessibility of pages with axe (https://github.com/dequelabs/axe-core).</summary>
internal static class Axe
{
    private const string Run = """
        async rules => (await axe.run(rules.length > 0
          ? { resultTypes: ['violations'], runOnly: { type: 'rule', values: rules } }
          : { resultTypes: ['violations'] })).violations
          .map(({ id, nodes }) => `${id} (${nodes.map(node => node.html).join(', ')})`)
        """;

    /// <summary>The rules that depend on colours.</summary>
    public static readonly string[] Colors = ["color-contrast", "link-in-text-block"];

    /// <summary>The rules that depend on the width.</summary>
    public static readonly string[] Widths = ["color-contrast", "scrollable-region-focusable", "target-size"];

    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <summary>
    /// Loads the script into a page, once for each navigation. Deque.AxeCore.Playwright loads it into another, blank
    /// page at each run, which takes ten times as long.
    /// </summary>
    public static Task LoadAsync(IPage page) => page.EvaluateAsync(Script);

    /// <summary>Runs axe, which the page has loaded, and returns its violations.</summary>
    /// <param name="page">The page.</param>
    /// <param name="rules">The rules to check; without any, all are.</param>
    public static Task<string[]> FindViolationsAsync(IPage page, params string[] rules) =>
        page.EvaluateAsync<string[]>(Run, rules);
}
