using System.Collections.Concurrent;
using System.Net;
using Microsoft.Playwright;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Tests.Comments;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Journeys;

/// <summary>
/// Cross-site scripting payloads, submitted through the real form and shown on the real page, in a browser that runs
/// scripts and ignores the pages' Content-Security-Policy.
/// </summary>
[Trait("Category", "Slow")]
public sealed class HostileInputTests(OpenBlog open) : IClassFixture<OpenBlog>
{
    private const int PerPost = 100;

    /// <summary>
    /// Replaces the functions that payloads call by ones that record the call, before any script of the page runs.
    /// </summary>
    private const string RecordCalls = """
        window.ran = [];
        for (const name of ['alert', 'prompt', 'confirm', 'print', 'open', 'msgbox', 'fetch']) {
          window[name] = (...all) => { window.ran.push(name + '(' + all.join() + ')'); };
        }
        addEventListener('click', event => event.preventDefault(), true);
        addEventListener('submit', event => event.preventDefault(), true);
        """;

    /// <summary>
    /// Dispatches the events of a visitor's actions to each element of the comments and the form, then returns the
    /// recorded calls and all elements and attributes that must not be there.
    /// </summary>
    private const string Inspect = """
        () => {
          const place = document.querySelector('#comments');
          const everything = [...place.querySelectorAll('*')];
          const events = ['mouseover', 'mouseenter', 'mousedown', 'mouseup', 'mousemove', 'click', 'dblclick',
            'pointerover', 'pointerdown', 'focus', 'focusin', 'blur', 'keydown', 'load', 'error', 'toggle',
            'animationstart', 'animationend', 'transitionend', 'wheel', 'copy', 'input', 'invalid', 'scroll'];
          for (const element of everything) {
            element.focus?.();
            for (const event of events) element.dispatchEvent(new Event(event, { bubbles: true, cancelable: true }));
            if (element.localName === 'a') element.click();
          }
          const tags = ['h2', 'ol', 'ul', 'li', 'article', 'header', 'span', 'a', 'time', 'div', 'p', 'br', 'strong',
            'em', 'del', 'pre', 'code', 'blockquote', 'hr', 'form', 'label', 'input', 'textarea', 'button'];
          const attributes = ['id', 'class', 'value', 'href', 'rel', 'datetime', 'for', 'name', 'type', 'rows',
            'maxlength', 'required', 'autocomplete', 'aria-invalid', 'aria-describedby', 'aria-labelledby',
            'aria-hidden', 'aria-label', 'hidden', 'method', 'action', 'role', 'tabindex', 'autofocus', 'start',
            'formnovalidate', 'dir'];
          const typed = 'ol.comment-list .prose *';
          const isAvatar = element => element.matches('.comment > header > i:first-child') && !element.firstElementChild
            && /^style,aria-hidden$/.test(element.getAttributeNames())
            && /^--h:\d+$/.test(element.getAttribute('style'));
          const found = [];
          for (const element of everything.filter(element => !isAvatar(element))) {
            const names = element.getAttributeNames();
            const strange = element.namespaceURI !== 'http://www.w3.org/1999/xhtml' || !tags.includes(element.localName)
              || names.some(name => !attributes.includes(name))
              || (element.matches(typed) && names.some(name =>
                !(element.localName === 'a' && ['href', 'rel'].includes(name))
                && !(element.localName === 'ol' && name === 'start')
                && !(element.localName === 'li' && name === 'value')
                && !(name === 'dir' && ['auto', 'rtl'].includes(element.dir))))
              || (element.localName === 'form' && element.id !== 'leave-a-comment')
              || (element.hasAttribute('href') && !['http:', 'https:', 'mailto:'].includes(element.protocol));
            if (strange) found.push(element.outerHTML.slice(0, 300));
          }
          // The first script of the head is the blog's own, as is blog.js, and one that is no script but data.
          const data = document.querySelectorAll('script[type="application/ld+json"]');
          if (data.length > 1) found.push('more than one JSON-LD');
          for (const script of data) JSON.parse(script.textContent);
          const own = 'head > script:first-of-type, [src^="/blog.js?v="], [type="application/ld+json"]';
          const forbidden = `script:not(${own}), style, iframe, frame, object, embed, base, svg, math, template, `
            + ':not(head) > meta, :not(head) > link';
          for (const element of document.querySelectorAll(forbidden)) {
            found.push(element.outerHTML.slice(0, 300));
          }
          if (document.querySelectorAll('main form').length !== 1) found.push('not one form');
          return [...window.ran, ...found];
        }
        """;

    private readonly OpenBlog _open = open;

    [Fact]
    public async Task Payloads_in_text_name_and_website_of_comments_are_harmless()
    {
        await using var blog = await TestBlog.StartAsync(
            new() { ["Blog:Comments:MaxLinks"] = "0", ["Blog:Comments:PageSize"] = "500" }
        );
        var slugs = new List<string>();
        foreach (var group in TestDepth.Sample(HostileInputs.All, each: 4).Chunk(PerPost))
        {
            slugs.Add($"hostile-{slugs.Count}");
            await SubmitAllAsync(blog, slugs[^1], group);
        }

        await using var recordingPage = await RecordingPage.OpenAsync(blog);
        foreach (var slug in slugs)
        {
            await recordingPage.GoAsync($"/posts/{slug}");
            await recordingPage.AssertHarmlessAsync(Inspect);
            Assert.InRange(
                await recordingPage.Page.Locator("ol.comment-list > li").CountAsync(),
                PerPost / 2,
                2 * PerPost
            );
        }
    }

    [Fact]
    public async Task Payloads_kept_in_the_fields_of_a_refused_form_are_harmless()
    {
        await using var blog = await TestBlog.StartAsync();
        var post = await blog.PublishAsync("hostile");
        await using var recordingPage = await RecordingPage.OpenAsync(blog);
        await recordingPage.GoAsync("/posts/hostile");

        foreach (var group in TestDepth.Sample(HostileInputs.All, each: 4).Chunk(3))
        {
            await recordingPage.SubmitAsync(
                $"/posts/{post}/comments",
                group[0],
                group[^1],
                group[group.Length / 2],
                string.Join("\n\n", group)
            );
            await recordingPage.AssertHarmlessAsync(Inspect);
            Assert.Equal(1, await recordingPage.Page.Locator("[role=alert]").CountAsync());
        }
    }

    [Theory]
    [InlineData("<img src=x onerror=alert(1)>", "alert(1)")]
    [InlineData("<p onmouseover=alert(1)>x</p>", "alert(1)")]
    [InlineData("<a href='javascript:alert(1)'>x</a>", "href=")]
    [InlineData("<p style='color:red'>x</p>", "style=")]
    [InlineData("<form></form>", "<form>")]
    [InlineData("<svg></svg>", "<svg>")]
    [InlineData("<img src=https://elsewhere.example/x.png>", "https://elsewhere.example/x.png")]
    public async Task A_harmful_payload_would_be_detected(string html, string expected)
    {
        await using var recordingPage = await RecordingPage.OpenAsync(_open.Blog);
        await _open.Blog.PublishAsync("noticed");
        await recordingPage.GoAsync("/posts/noticed");
        await recordingPage.Page.EvaluateAsync(
            "html => { document.querySelector('#comments').insertAdjacentHTML('beforeend', html); }",
            html
        );

        var failure = await Record.ExceptionAsync(() => recordingPage.AssertHarmlessAsync(Inspect));

        Assert.Contains(expected, Assert.IsType<Xunit.Sdk.EmptyException>(failure).Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// Submits each payload as the text, the name and a part of the website of a comment, and once more as the whole
    /// website, which the form may refuse.
    /// </summary>
    private static async Task SubmitAllAsync(TestBlog blog, string slug, IReadOnlyList<string> inputs)
    {
        var post = await blog.PublishAsync(slug);
        var accepted = new ConcurrentDictionary<string, bool>();
        await Parallel.ForEachAsync(inputs, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (input, _) =>
        {
            var name = input[..Math.Min(input.Length, CommentForm.MaxName)];
            Assert.Equal(
                !input.Contains('\0', StringComparison.Ordinal),
                await IsAcceptedAsync(input + "\n\nwords", name, "https://example.com/?" + input)
            );
            await IsAcceptedAsync("As a website: " + name, "Grace", input);
        });

        await TestBlog.WaitUntilAsync(
            async () => await blog.Get<CommentTable>().ReadMarkersAsync().CountAsync(),
            waiting => waiting == 0,
            "a decision on every comment"
        );
        Assert.Contains(
            $">{accepted.Count} comments<",
            await blog.ReadAsync($"/posts/{slug}"),
            StringComparison.Ordinal
        );

        // Payloads that differ only in invisible characters are the same comment and have the same receipt address.
        async Task<bool> IsAcceptedAsync(string text, string name, string website)
        {
            using var form = new MultipartFormDataContent
            {
                { new StringContent(name), "name" },
                { new StringContent("a@b.c"), "email" },
                { new StringContent(website), "website" },
                { new StringContent(text), "comment" },
            };
            using var response = await blog.Http.PostAsync($"/posts/{post}/comments", form);
            return response.StatusCode == HttpStatusCode.SeeOther
                    ? accepted[response.Headers.Location!.ToString()] = true
                : response.StatusCode == HttpStatusCode.BadRequest ? false
                : throw new InvalidOperationException($"{response.StatusCode} for {text}");
        }
    }

    /// <summary>A browser page that records script calls, foreign requests, popups and dialogs.</summary>
    private sealed class RecordingPage : IAsyncDisposable
    {
        private readonly IBrowserContext _context;
        private readonly ConcurrentQueue<string> _events = [];

        private RecordingPage(IBrowserContext context, IPage page, Uri blog)
        {
            (_context, Page) = (context, page);
            context.Request += (_, request) =>
            {
                if (!request.Url.StartsWith(blog.ToString(), StringComparison.Ordinal))
                {
                    _events.Enqueue("asked " + request.Url);
                }
            };
            page.Popup += (_, popup) => _events.Enqueue("opened " + popup.Url);
            page.Dialog += async (_, dialog) =>
            {
                _events.Enqueue($"{dialog.Type}({dialog.Message})");
                await dialog.DismissAsync();
            };
        }

        public IPage Page { get; }

        public static async Task<RecordingPage> OpenAsync(TestBlog blog)
        {
            var context = await Browser.NewContextAsync(new() { BypassCSP = true, BaseURL = blog.Address.ToString() });
            await context.AddInitScriptAsync(RecordCalls);
            // The blog's own script is not loaded: its effects would be recorded too.
            await context.RouteAsync("**/blog.js*", route => route.AbortAsync());
            return new RecordingPage(context, await context.NewPageAsync(), blog.Address);
        }

        public Task GoAsync(string path) => Page.GotoAsync(path);

        /// <summary>Submits a form with these values, as its button would.</summary>
        public async Task SubmitAsync(string path, string name, string email, string website, string comment)
        {
            await Page.EvaluateAsync("() => { window.isOld = true; }");
            await Page.EvaluateAsync(
                """
                ([path, ...inputs]) => {
                  const form = document.createElement('form');
                  // The only kind that keeps NUL.
                  Object.assign(form, { method: 'post', action: path, enctype: 'multipart/form-data' });
                  for (const name of ['name', 'email', 'website', 'comment']) {
                    const field = document.createElement('textarea');
                    Object.assign(field, { name, value: inputs.shift() });
                    form.append(field);
                  }
                  document.body.append(form);
                  HTMLFormElement.prototype.submit.call(form);
                }
                """,
                new[] { path, name, email, website, comment }
            );
            await Page.WaitForFunctionAsync("() => !window.isOld && document.readyState === 'complete'");
        }

        public async Task AssertHarmlessAsync(string inspect)
        {
            Assert.Empty((await Page.EvaluateAsync<string[]>(inspect)).Concat(_events));
        }

        public async ValueTask DisposeAsync() => await _context.CloseAsync();
    }
}
