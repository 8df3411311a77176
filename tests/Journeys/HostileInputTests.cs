using System.Collections.Concurrent;
using System.Net;
using Microsoft.Playwright;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Tests.Comments;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Journeys;

/// <summary>What strangers try, through the real form onto the real page, in a browser that runs scripts and is told to ignore the pages' own policy.</summary>
public sealed class HostileInputTests(OpenBlog open) : IClassFixture<OpenBlog>
{
    private const int PerPost = 100;

    /// <summary>What inputs call, replaced before any script of the page: so that whatever runs is noticed.</summary>
    private const string Traps = """
        window.ran = [];
        for (const name of ['alert', 'prompt', 'confirm', 'print', 'open', 'msgbox', 'fetch']) {
          window[name] = (...all) => { window.ran.push(name + '(' + all.join() + ')'); };
        }
        addEventListener('click', event => event.preventDefault(), true);
        addEventListener('submit', event => event.preventDefault(), true);
        """;

    /// <summary>Whatever a visitor may do to the comments and the form, done to each element; then all in them that should not be there.</summary>
    private const string Inspect = """
        () => {
          const place = document.querySelector('#comments');
          const everything = [...place.querySelectorAll('*')];
          const events = ['mouseover', 'mouseenter', 'mousedown', 'mouseup', 'mousemove', 'click', 'dblclick', 'pointerover', 'pointerdown', 'focus', 'focusin',
            'blur', 'keydown', 'load', 'error', 'toggle', 'animationstart', 'animationend', 'transitionend', 'wheel', 'copy', 'input', 'invalid', 'scroll'];
          for (const element of everything) {
            element.focus?.();
            for (const event of events) element.dispatchEvent(new Event(event, { bubbles: true, cancelable: true }));
            if (element.localName === 'a') element.click();
          }
          const tags = ['h2', 'ol', 'ul', 'li', 'article', 'header', 'span', 'a', 'time', 'div', 'p', 'br', 'strong', 'em', 'del', 'pre', 'code', 'blockquote',
            'form', 'label', 'input', 'textarea', 'button'];
          const attributes = ['id', 'class', 'value', 'href', 'rel', 'datetime', 'for', 'name', 'type', 'rows', 'maxlength', 'required', 'autocomplete',
            'aria-invalid', 'aria-describedby', 'aria-labelledby', 'aria-hidden', 'method', 'action', 'role', 'tabindex', 'autofocus', 'start', 'formnovalidate'];
          const typed = 'ol.comment-list .prose *';
          const isFace = element => element.matches('.comment > header > i:first-child') && !element.firstElementChild && /^style,aria-hidden$/.test(element.getAttributeNames()) && /^--h:\d+$/.test(element.getAttribute('style'));
          const found = [];
          for (const element of everything.filter(element => !isFace(element))) {
            const names = element.getAttributeNames();
            const strange = element.namespaceURI !== 'http://www.w3.org/1999/xhtml' || !tags.includes(element.localName)
              || names.some(name => !attributes.includes(name))
              || (element.matches(typed) && names.some(name => !(element.localName === 'a' && ['href', 'rel'].includes(name)) && !(element.localName === 'ol' && name === 'start')))
              || (element.localName === 'form' && element.id !== 'leave-a-comment')
              || (element.hasAttribute('href') && !['http:', 'https:', 'mailto:'].includes(element.protocol));
            if (strange) found.push(element.outerHTML.slice(0, 300));
          }
          for (const element of document.querySelectorAll('script:not([src^="/blog.js?v="]), style, iframe, frame, object, embed, base, svg, math, template, :not(head) > meta, :not(head) > link')) {
            found.push(element.outerHTML.slice(0, 300));
          }
          if (document.querySelectorAll('form').length !== 1) found.push('not one form');
          return [...window.ran, ...found];
        }
        """;

    private readonly OpenBlog _open = open;

    [Fact]
    public async Task As_text_name_and_website_of_comments_they_are_only_words()
    {
        await using var blog = await TestBlog.StartAsync(
            new() { ["Blog:Comments:MaxLinks"] = "0", ["Blog:Comments:PageSize"] = "500" }
        );
        var slugs = new List<string>();
        foreach (var part in HostileInputs.All.Chunk(PerPost))
        {
            slugs.Add($"hostile-{slugs.Count}");
            await FillAsync(blog, slugs[^1], part);
        }

        await using var window = await HostileWindow.OpenAsync(blog);
        foreach (var slug in slugs)
        {
            await window.GoAsync($"/posts/{slug}");
            await window.AssertHarmlessAsync(Inspect);
            Assert.InRange(await window.Page.Locator("ol.comment-list > li").CountAsync(), PerPost / 2, 2 * PerPost);
        }
    }

    [Fact]
    public async Task Refused_and_kept_in_the_fields_they_are_only_words()
    {
        await using var blog = await TestBlog.StartAsync();
        var post = await blog.PublishAsync("hostile");
        await using var window = await HostileWindow.OpenAsync(blog);
        await window.GoAsync("/posts/hostile");

        foreach (var three in HostileInputs.All.Chunk(3))
        {
            await window.SubmitAsync(
                $"/posts/{post}/comments",
                three[0],
                three[^1],
                three[three.Length / 2],
                string.Join("\n\n", three)
            );
            await window.AssertHarmlessAsync(Inspect);
            Assert.Equal(1, await window.Page.Locator("[role=alert]").CountAsync());
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
    public async Task Were_one_of_them_more_than_words_it_would_be_noticed(string html, string noticed)
    {
        await using var window = await HostileWindow.OpenAsync(_open.Blog);
        await _open.Blog.PublishAsync("noticed");
        await window.GoAsync("/posts/noticed");
        await window.Page.EvaluateAsync(
            "html => { document.querySelector('#comments').insertAdjacentHTML('beforeend', html); }",
            html
        );

        var failure = await Record.ExceptionAsync(() => window.AssertHarmlessAsync(Inspect));

        Assert.Contains(noticed, Assert.IsType<Xunit.Sdk.EmptyException>(failure).Message, StringComparison.Ordinal);
    }

    /// <summary>Each input as a comment's text, its writer's name and in the website, and once more as the website itself, which the form refuses when it is none.</summary>
    private static async Task FillAsync(TestBlog blog, string slug, IReadOnlyList<string> inputs)
    {
        var post = await blog.PublishAsync(slug);
        var kept = new ConcurrentDictionary<string, bool>();
        await Parallel.ForEachAsync(inputs, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (input, _) =>
        {
            var name = input[..Math.Min(input.Length, CommentForm.MaxName)];
            Assert.True(await IsKeptAsync(input + "\n\nwords", name, "https://example.com/?" + input), input);
            await IsKeptAsync("As a website: " + name, "Grace", input);
        });

        await TestBlog.UntilAsync(
            async () => await blog.Get<CommentTable>().WaitingAsync().CountAsync(),
            waiting => waiting == 0,
            "every comment judged"
        );
        Assert.Contains($">{kept.Count} comments<", await blog.ReadAsync($"/posts/{slug}"), StringComparison.Ordinal);

        // Inputs that differ in what nobody sees are the same comment: the same address.
        async Task<bool> IsKeptAsync(string text, string name, string website)
        {
            using var form = new MultipartFormDataContent // the other kind carries no NUL
            {
                { new StringContent(name), "name" },
                { new StringContent("a@b.c"), "email" },
                { new StringContent(website), "website" },
                { new StringContent(text), "comment" },
            };
            using var answer = await blog.Http.PostAsync($"/posts/{post}/comments", form);
            return answer.StatusCode == HttpStatusCode.SeeOther ? kept[answer.Headers.Location!.ToString()] = true
                : answer.StatusCode == HttpStatusCode.BadRequest ? false
                : throw new InvalidOperationException($"{answer.StatusCode} for {text}");
        }
    }

    /// <summary>A browser window with traps, that remembers all it was made to do.</summary>
    private sealed class HostileWindow : IAsyncDisposable
    {
        private readonly IBrowserContext _context;
        private readonly ConcurrentQueue<string> _noticed = [];

        private HostileWindow(IBrowserContext context, IPage page, Uri blog)
        {
            (_context, Page) = (context, page);
            context.Request += (_, request) =>
            {
                if (!request.Url.StartsWith(blog.ToString(), StringComparison.Ordinal))
                {
                    _noticed.Enqueue("asked " + request.Url);
                }
            };
            page.Popup += (_, popup) => _noticed.Enqueue("opened " + popup.Url);
            page.Dialog += async (_, dialog) =>
            {
                _noticed.Enqueue($"{dialog.Type}({dialog.Message})");
                await dialog.DismissAsync();
            };
        }

        public IPage Page { get; }

        public static async Task<HostileWindow> OpenAsync(TestBlog blog)
        {
            var context = await Browser.NewContextAsync(new() { BypassCSP = true, BaseURL = blog.Address.ToString() });
            await context.AddInitScriptAsync(Traps);
            await context.RouteAsync("**/blog.js*", route => route.AbortAsync()); // what the blog's own script does is not what is looked for
            return new HostileWindow(context, await context.NewPageAsync(), blog.Address);
        }

        public Task GoAsync(string path) => Page.GotoAsync(path);

        /// <summary>Sends the form with the input in every field, as its button would.</summary>
        public async Task SubmitAsync(string path, string name, string email, string website, string comment)
        {
            await Page.EvaluateAsync("() => { window.isOld = true; }");
            await Page.EvaluateAsync(
                """
                ([path, ...inputs]) => {
                  const form = document.createElement('form');
                  Object.assign(form, { method: 'post', action: path, enctype: 'multipart/form-data' }); // the other kind carries no NUL
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
            Assert.Empty((await Page.EvaluateAsync<string[]>(inspect)).Concat(_noticed));
        }

        public async ValueTask DisposeAsync() => await _context.CloseAsync();
    }
}
