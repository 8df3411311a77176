using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Journeys;

/// <summary>
/// Zoom to 400 %: a window of 1280 by 1024 pixels has 320 by 256 CSS pixels then (WCAG 2.2, 1.4.10 Reflow).
/// </summary>
[Collection(nameof(ShowcaseBlog))]
[Trait("Category", "Slow")]
public sealed class ZoomInBrowserTests(ShowcaseBlog showcase)
{
    /// <summary>
    /// Returns the texts and controls that extend beyond the viewport, except in elements that may scroll horizontally,
    /// and the elements whose content is cut off.
    /// </summary>
    private const string FindLostContent = """
        () => {
          const width = document.documentElement.clientWidth
          const mayScroll = 'pre, table, math, .math, .mermaid'
          const name = element => `<${element.localName} class="${element.className}">`
          const lost = []
          const report = (element, rects, what) => {
            if (!element.checkVisibility() || element.closest(`.skip, ${mayScroll}`)) return
            for (const { left, right } of rects)
              if (left < -1 || right > width + 1) {
                lost.push(`${what} of ${name(element)} from ${Math.round(left)} to ${Math.round(right)}`)
                break
              }
          }
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
          for (let text; (text = texts.nextNode());) {
            const range = document.createRange()
            range.selectNodeContents(text)
            report(text.parentElement, range.getClientRects(), `"${text.data.trim()}"`)
          }
          const controls = 'a, button, input, textarea, summary, img, audio, iframe, table, pre, math'
          for (const element of document.querySelectorAll(controls))
            if (element.matches(mayScroll)) report(element.parentElement, element.getClientRects(), 'what scrolls')
            else report(element, element.getClientRects(), 'a side')
          for (const element of document.body.querySelectorAll('*:not(textarea, input, svg, svg *)'))
            if (element.scrollWidth > element.clientWidth + 1
                && ['hidden', 'clip'].includes(getComputedStyle(element).overflowX))
              lost.push(`${name(element)} is cut off`)
          if (document.documentElement.scrollWidth > width) lost.push('the page scrolls sideways')
          return lost
        }
        """;

    [Fact]
    public async Task At_400_percent_nothing_is_cut_off_and_only_code_tables_and_formulas_scroll_horizontally()
    {
        await using var context = await Browser.NewContextAsync(
            new()
            {
                ViewportSize = new() { Width = 320, Height = 256 },
            }
        );
        var page = await context.NewPageAsync();

        var lost = await showcase.ProblemsAsync(async kind =>
        {
            await kind.OpenAsync(page, showcase.Blog);
            return await page.EvaluateAsync<string[]>(FindLostContent);
        });

        Assert.True(lost.Length == 0, lost);
    }
}
