using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>Checks the accessibility of pages with axe (https://github.com/dequelabs/axe-core).</summary>
internal static class Axe
{
    private const string Run = """
        async () => (await axe.run({ resultTypes: ['violations'] })).violations
          .map(({ id, nodes }) => `${id} (${nodes.map(node => node.html).join(', ')})`)
        """;

    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <summary>
    /// Loads the script into a page, once for each navigation. Deque.AxeCore.Playwright loads it into another, blank
    /// page at each run, which takes ten times as long.
    /// </summary>
    public static Task LoadAsync(IPage page) => page.EvaluateAsync(Script);

    /// <summary>Runs axe, which the page has loaded, and returns its violations.</summary>
    public static Task<string[]> FindViolationsAsync(IPage page) => page.EvaluateAsync<string[]>(Run);
}
