using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Caching.Memory;
using ServerlessBlog.Hosting;

namespace ServerlessBlog.Posts;

/// <summary>What stands at each address. A reader's page costs one point read here, and none while the last one is fresh.</summary>
public sealed partial class AddressTable(BlogStorage storage, TimeProvider clock, ILogger<AddressTable> logger) : IDisposable
{
    private const string Key = "address";
    private const int MaxRemembered = 20_000;

    private readonly TableClient _table = storage.Table(StorageNames.AddressTable);
    private readonly TableClient _forReaders = storage.TableForReaders(StorageNames.AddressTable);
    private readonly MemoryCache _seen = new(new MemoryCacheOptions { SizeLimit = MaxRemembered });

    private sealed record Seen(Address? Address, DateTimeOffset At);

    /// <summary>What stands at this path, at most <see cref="Freshness.Lifetime"/> old unless storage does not answer.</summary>
    /// <param name="path">Decoded, from the root; upper and lower case are the same.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RequestFailedException">Storage does not answer, and this instance has never seen the address.</exception>
    public async ValueTask<FoundAddress> FindAsync(string path, CancellationToken cancellationToken)
    {
        var partition = PartitionOf(path);
        var now = clock.GetUtcNow();
        if (_seen.TryGetValue<Seen>(partition, out var seen) && now - seen!.At < Freshness.Lifetime)
        {
            return new FoundAddress(seen.Address, IsStale: false);
        }

        try
        {
            var found = await Row.FindAsync(_forReaders, partition, Key, PostJson.Default.Address, cancellationToken);
            return new FoundAddress(Remember(partition, found?.Value, now), IsStale: false);
        }
        catch (Exception problem) when (seen is not null && problem is RequestFailedException or AggregateException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            LogStale(path, now - seen.At, problem);
            return new FoundAddress(seen.Address, IsStale: true);
        }
    }

    /// <summary>Takes an address for a post. Answers who has it: the post itself, or another one that was first.</summary>
    /// <remarks>What has moved or is gone gives way.</remarks>
    public async Task<PostId> ClaimAsync(string path, PostId post, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await ReadAsync(path, cancellationToken);
            if (read is { Value: var there } && (there.Post == post || there.Kind is AddressKind.Claimed or AddressKind.Post))
            {
                return there.Post;
            }

            if (await WriteAsync(path, read, new Address(AddressKind.Claimed, post, Next(), null), cancellationToken))
            {
                return post;
            }
        }
    }

    /// <summary>Says what stands at an address of this post, under a fresh revision. Does nothing when the address is another post's.</summary>
    public async Task SetAsync(string path, PostId post, AddressKind kind, string? movedTo, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await ReadAsync(path, cancellationToken);
            if ((read is not null && read.Value.Post != post)
                || await WriteAsync(path, read, new Address(kind, post, Next(), movedTo), cancellationToken))
            {
                return;
            }
        }
    }

    /// <summary>Gives the page at this address a fresh revision, if this public post stands there: whatever was rendered before is no longer served.</summary>
    public async Task RaiseAsync(string path, PostId post, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await ReadAsync(path, cancellationToken) is not { Value: { Kind: AddressKind.Post } there } read
                || there.Post != post
                || await WriteAsync(path, read, there with { RevisionText = Next() }, cancellationToken))
            {
                return;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _seen.Dispose();

    private Task<Versioned<Address>?> ReadAsync(string path, CancellationToken cancellationToken) =>
        Row.FindAsync(_table, PartitionOf(path), Key, PostJson.Default.Address, cancellationToken);

    private async Task<bool> WriteAsync(string path, Versioned<Address>? read, Address address, CancellationToken cancellationToken)
    {
        var partition = PartitionOf(path);
        var written = await Row.TryWriteAsync(_table, Row.Of(partition, Key, address, PostJson.Default.Address), read?.Version, cancellationToken);

        // Seen by this instance at once.
        if (written)
        {
            Remember(partition, address, clock.GetUtcNow());
        }

        return written;
    }

    /// <summary>What was seen later stays: a slow read does not put an older state back.</summary>
    private Address? Remember(string partition, Address? address, DateTimeOffset at)
    {
        if (_seen.TryGetValue<Seen>(partition, out var seen) && seen!.At > at)
        {
            return seen.Address;
        }

        _seen.Set(partition, new Seen(address, at), new MemoryCacheEntryOptions { Size = 1 });
        return address;
    }

    private string Next() => Revision.Next(clock).Text;

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Globalization", "CA1308", Justification = "Addresses are compared in lower case.")]
    private static string PartitionOf(string path) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path.ToLowerInvariant())).AsSpan(0, 16));

    [LoggerMessage(Level = LogLevel.Warning, Message = "Storage did not say what stands at {Path}: serving what was there {Age} ago.")]
    private partial void LogStale(string path, TimeSpan age, Exception problem);
}
