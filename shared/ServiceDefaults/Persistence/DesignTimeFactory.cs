using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace CustomerService.ServiceDefaults;

/// <summary>
/// Makes the context for <c>dotnet ef</c>, which needs the model and no server. A service derives
/// it once: <c>internal sealed class DesignTime : DesignTimeFactory&lt;RepairsDb&gt;;</c>
/// </summary>
public abstract class DesignTimeFactory<TDb> : IDesignTimeDbContextFactory<TDb>
    where TDb : DbContext
{
    /// <inheritdoc/>
    public TDb CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<TDb>();
        Store.Configure(options, "Host=localhost;Database=design");
        return (TDb)Activator.CreateInstance(typeof(TDb), options.Options)!;
    }
}
