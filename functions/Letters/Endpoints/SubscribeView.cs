using ServerlessBlog.Comments;
using ServerlessBlog.Texts;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Letters.Endpoints;

/// <summary>The view model of the page with the form for new posts by mail.</summary>
/// <param name="Site">The site layout.</param>
/// <param name="Input">What was entered.</param>
/// <param name="Problem">What is wrong with it, in one sentence; null for nothing.</param>
public sealed record SubscribeView(SiteLayout Site, SubscribeInput Input, string? Problem)
{
    /// <summary>Name of the field with the address.</summary>
    public const string Email = "email";

    /// <summary>Name of the choice between each post and one letter a week.</summary>
    public const string When = "when";

    /// <summary>Name of the field with the tags.</summary>
    public const string Tags = "tags";

    /// <summary>Name of the hidden field (honeypot): only robots fill it in.</summary>
    public const string Trap = "subject";

    private const int MaxTagsLength = 400;

    /// <summary>The field with the address.</summary>
    public FieldView EmailField =>
        new()
        {
            Name = Email,
            Label = Site.Texts["subscribe.email"],
            Type = "email",
            MaxLength = CommentForm.MaxEmail,
            IsRequired = true,
            Autocomplete = "email",
            Value = Input.Email,
            Problem = Problem,
        };

    /// <summary>The field with the tags.</summary>
    public static FieldView TagsField(SiteTexts texts, string value) =>
        new()
        {
            Name = Tags,
            Label = texts["subscribe.tags"],
            Hint = texts["subscribe.tags-hint"],
            Type = "text",
            MaxLength = MaxTagsLength,
            Value = value,
        };
}

/// <summary>What was entered into the form.</summary>
/// <param name="Email">The address.</param>
/// <param name="When">One of the wishes of <see cref="LetterChoices"/>.</param>
/// <param name="Tags">The tags, separated by commas.</param>
public sealed record SubscribeInput(string Email, string When, string Tags);
