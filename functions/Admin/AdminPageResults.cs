using RazorSlices;
using ServerlessBlog.Admin.SignIn;
using ServerlessBlog.Comments;
using ServerlessBlog.Texts;
using ServerlessBlog.Web.Layout;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Admin;

/// <summary>
/// Creates the results of the admin area: private pages, without the HTML that the owner's theme adds to every head.
/// </summary>
public sealed class AdminPageResults(
    SiteLayoutProvider layouts,
    AdminMenu menu,
    SignInHint hint,
    PasskeySignIn passkeys
)
{
    /// <summary>
    /// A page for a signed-in moderator, with the menu of the admin area. Its referrer policy is same-origin: the forms
    /// send Origin and Referer to this blog, and no other site sees an address of the admin area.
    /// </summary>
    /// <param name="make">Creates the Razor slice from the layout of the admin area.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    /// <param name="status">HTTP status code.</param>
    public async Task<IResult> PageAsync(
        Func<SiteLayout, RazorSlice> make,
        CancellationToken cancellationToken,
        int status = StatusCodes.Status200OK
    )
    {
        var site = await CurrentLayoutAsync(cancellationToken);
        site = site with { Menu = await menu.ReadAsync(site.Texts, cancellationToken) };
        return await RenderAsync(make(site), site, status, cancellationToken);
    }

    /// <summary>A page for somebody who may not be signed in, without a menu.</summary>
    /// <param name="make">Creates the Razor slice from the layout of the admin area.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    /// <param name="status">HTTP status code.</param>
    public async Task<IResult> PageWithoutMenuAsync(
        Func<SiteLayout, RazorSlice> make,
        CancellationToken cancellationToken,
        int status = StatusCodes.Status200OK
    )
    {
        var site = await CurrentLayoutAsync(cancellationToken);
        return await RenderAsync(make(site), site, status, cancellationToken);
    }

    /// <summary>The texts of the admin area, in the language of the blog.</summary>
    public async ValueTask<SiteTexts> TextsAsync(CancellationToken cancellationToken) =>
        (await CurrentLayoutAsync(cancellationToken)).Texts;

    private async ValueTask<SiteLayout> CurrentLayoutAsync(CancellationToken cancellationToken) =>
        (await layouts.CurrentAsync(cancellationToken)).Layout.ForAdmin;

    private static async Task<IResult> RenderAsync(
        RazorSlice page,
        SiteLayout site,
        int status,
        CancellationToken cancellationToken
    ) =>
        new PrivateResult(
            await PageRenderer.RenderAsync(page, site, cancellationToken),
            status,
            referrer: "same-origin"
        );

    /// <summary>The sign-in form.</summary>
    /// <param name="status">HTTP status code; with 403 the page says that the request needs signing in.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    /// <param name="typed">E-mail address as it was sent; empty at first.</param>
    /// <param name="problem">Key of the error message of the field; null for none.</param>
    public Task<IResult> SignInAsync(
        int status,
        CancellationToken cancellationToken,
        string typed = "",
        string? problem = null
    ) =>
        PageWithoutMenuAsync(
            site =>
                SignInPage.Create(
                    new SignInView(
                        site,
                        status == StatusCodes.Status403Forbidden,
                        hint.Sentence,
                        new FieldView
                        {
                            Name = "email",
                            Label = site.Texts["form.email"],
                            Type = "email",
                            MaxLength = CommentForm.MaxEmail,
                            IsRequired = true,
                            Autocomplete = "email",
                            Hint = site.Texts["admin.sign-in-hint"],
                            Value = typed,
                            Problem = problem is null ? null : site.Texts[problem],
                        },
                        passkeys.NewChallenge()
                    )
                ),
            cancellationToken,
            status
        );

    /// <summary>A page with a heading, a sentence, and a button or a link to the admin area.</summary>
    /// <param name="status">HTTP status code.</param>
    /// <param name="title">Heading.</param>
    /// <param name="sentence">Message under the heading.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    /// <param name="button">Text of the button; null for none.</param>
    /// <param name="address">Address that the button posts to; null without a button.</param>
    public Task<IResult> MessageAsync(
        int status,
        string title,
        string sentence,
        CancellationToken cancellationToken,
        string? button = null,
        string? address = null
    ) =>
        PageWithoutMenuAsync(
            site => AdminMessagePage.Create(new AdminMessageView(site, title, sentence, button, address)),
            cancellationToken,
            status
        );

    /// <summary>A page that says that a file cannot be edited in a browser, and why.</summary>
    /// <param name="name">Name of the file.</param>
    /// <param name="most">Maximum size of a file that can be edited, in bytes.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    public async Task<IResult> NotEditableAsync(string name, int most, CancellationToken cancellationToken)
    {
        var texts = await TextsAsync(cancellationToken);
        return await MessageAsync(
            StatusCodes.Status200OK,
            name,
            texts.Format("admin.not-editable", ("most", (most / 1024).ToString(CultureInfo.InvariantCulture))),
            cancellationToken
        );
    }

    /// <summary>403 for a POST that does not come from a page of this blog.</summary>
    public async Task<IResult> CrossOriginAsync(CancellationToken cancellationToken)
    {
        var texts = await TextsAsync(cancellationToken);
        return await MessageAsync(
            StatusCodes.Status403Forbidden,
            texts["admin.elsewhere"],
            texts["admin.elsewhere-sentence"],
            cancellationToken
        );
    }
}

/// <summary>View of an admin page with one message and at most one button.</summary>
/// <param name="Site">Layout data that every page shows.</param>
/// <param name="Title">Heading of the page.</param>
/// <param name="Sentence">What happened and what to do, in a sentence or two.</param>
/// <param name="Button">Text of the button; null for a link to the admin area instead.</param>
/// <param name="Address">Address that the button posts to; null without a button.</param>
public sealed record AdminMessageView(SiteLayout Site, string Title, string Sentence, string? Button, string? Address);
