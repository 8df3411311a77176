using RazorSlices;
using ServerlessBlog.Admin.SignIn;
using ServerlessBlog.Comments;
using ServerlessBlog.Web.Layout;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Admin;

/// <summary>Answers with pages of the desk: for one moderator, without what the owner adds to every page's head.</summary>
public sealed class AdminPageResults(SiteLayoutProvider layouts, SignInHint hint)
{
    /// <summary>A page of the desk. Its own forms tell the blog where they come from; no other site learns anything.</summary>
    public async Task<IResult> PageAsync(
        Func<SiteLayout, RazorSlice> make,
        CancellationToken cancellationToken,
        int status = StatusCodes.Status200OK
    )
    {
        var site = (await layouts.CurrentAsync(cancellationToken)).Layout.ForAdmin;
        return new PrivateResult(
            await PageRenderer.RenderAsync(make(site), site, cancellationToken),
            status,
            referrer: "same-origin"
        );
    }

    /// <summary>The form that asks who wants to sign in.</summary>
    public Task<IResult> SignInAsync(
        int status,
        CancellationToken cancellationToken,
        string typed = "",
        string? problem = null
    ) =>
        PageAsync(
            site =>
                SignInPage.Create(
                    new SignInView(
                        site,
                        status == StatusCodes.Status403Forbidden,
                        hint.Sentence,
                        new FieldView
                        {
                            Name = "email",
                            Label = "E-mail",
                            Type = "email",
                            MaxLength = CommentForm.MaxEmail,
                            IsRequired = true,
                            Autocomplete = "email",
                            Hint = "Moderators get a link by mail that signs them in.",
                            Value = typed,
                            Problem = problem,
                        }
                    )
                ),
            cancellationToken,
            status
        );

    /// <summary>A few words, and a button or nothing.</summary>
    public Task<IResult> SayAsync(
        int status,
        string title,
        string sentence,
        CancellationToken cancellationToken,
        string? button = null,
        string? address = null
    ) =>
        PageAsync(
            site => AdminMessagePage.Create(new AdminMessageView(site, title, sentence, button, address)),
            cancellationToken,
            status
        );

    /// <summary>What a form is told that another site may have sent.</summary>
    public Task<IResult> NotFromHereAsync(CancellationToken cancellationToken) =>
        SayAsync(
            StatusCodes.Status403Forbidden,
            "Not from here",
            "Nothing was done: the form did not say that it comes from this blog. Open the admin area at the blog's own address, and do it there.",
            cancellationToken
        );
}
