using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;

namespace ServerlessBlog.Hosting.CustomHandler;

/// <summary>
/// The server's buffers, each wide enough for a page and its headers: an answer is gathered in one of them and goes out in one piece.
/// Of the usual 4 KiB ones a page takes several, and a list of pieces is dear to send.
/// </summary>
public sealed class WideBlocks : IMemoryPoolFactory<byte>
{
    /// <summary>The bytes of one; what is longer goes out in several.</summary>
    public const int Size = 32 * 1024;

    /// <summary>The most that wait for their next use; above, they are let go.</summary>
    public const int MaxIdle = 64;

    /// <inheritdoc/>
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new Pool();

    private sealed class Pool : MemoryPool<byte>
    {
        private readonly ConcurrentQueue<Block> _idle = new();

        /// <summary>The one used last, which the processor's cache still holds.</summary>
        private Block? _last;

        public override int MaxBufferSize => Size;

        /// <exception cref="ArgumentOutOfRangeException">More than <see cref="Size"/> was asked for.</exception>
        public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, Size);
            return Interlocked.Exchange(ref _last, null) ?? (_idle.TryDequeue(out var block) ? block : new Block(this));
        }

        protected override void Dispose(bool disposing)
        {
            // Nothing is held but memory.
        }

        private void TakeBack(Block block)
        {
            if (Interlocked.Exchange(ref _last, block) is { } other && _idle.Count < MaxIdle)
            {
                _idle.Enqueue(other);
            }
        }

        /// <summary>Pinned, so that the kernel may read it where it is.</summary>
        private sealed class Block(Pool pool) : IMemoryOwner<byte>
        {
            public Memory<byte> Memory { get; } =
                MemoryMarshal.CreateFromPinnedArray(GC.AllocateUninitializedArray<byte>(Size, pinned: true), 0, Size);

            public void Dispose() => pool.TakeBack(this);
        }
    }
}
