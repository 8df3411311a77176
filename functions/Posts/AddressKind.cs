namespace ServerlessBlog.Posts;

/// <summary>What stands at an address.</summary>
public enum AddressKind
{
    /// <summary>A public post.</summary>
    Post,

    /// <summary>A post that has moved.</summary>
    Moved,

    /// <summary>A post that is no longer public.</summary>
    Gone,
}
