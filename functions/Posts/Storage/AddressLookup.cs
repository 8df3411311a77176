namespace ServerlessBlog.Posts.Storage;

/// <summary>The answer to "what stands there?".</summary>
/// <param name="Address">Null: nothing.</param>
/// <param name="IsStale">True: storage did not answer in time, and this is what was last seen.</param>
/// <param name="Validity">How long the answer holds.</param>
public readonly record struct AddressLookup(Address? Address, bool IsStale, ServeUntil Validity);
