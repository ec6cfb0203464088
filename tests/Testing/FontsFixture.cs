using CustomerService.Servers;
using Xunit;

namespace CustomerService.Testing;

/// <summary>Has the font of the printed forms, and what reads them, installed where that is possible:
/// <c>[assembly: AssemblyFixture(typeof(FontsFixture))]</c>.</summary>
public sealed class FontsFixture : IAsyncLifetime
{
    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        await Fonts.EnsureAsync(TestContext.Current.SendDiagnosticMessage);
        await Fonts.EnsureFallbacksAsync(TestContext.Current.SendDiagnosticMessage);
        await Fonts.EnsureReaderAsync(TestContext.Current.SendDiagnosticMessage);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
