using System.Text.Json.Serialization;

namespace ServerlessBlog.Posts;

/// <summary>What stands at an address: all a reader's page needs to be found.</summary>
/// <param name="Kind">What stands there.</param>
/// <param name="Post">Whose address it is.</param>
/// <param name="RevisionText">See <see cref="Revision"/>.</param>
/// <param name="Path">Where the post stands now: this address as the author spells it, or, when it has moved, another.</param>
public sealed record Address(AddressKind Kind, PostId Post, string RevisionText, SitePath Path)
{
    /// <summary>The number of what the page shows: raised after every change.</summary>
    [JsonIgnore]
    public Revision Revision => new(RevisionText);
}
